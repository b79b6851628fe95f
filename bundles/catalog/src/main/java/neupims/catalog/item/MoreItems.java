// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import java.io.InputStream;
import java.util.List;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;

/** Items beside the catalog's own and those that users name by their path. */
public interface MoreItems {
  /** None. */
  MoreItems NONE =
      new MoreItems() {
        @Override
        public List<String> names(CatalogKind kind) {
          return List.of();
        }

        @Override
        public Item open(CatalogKind kind, String name) {
          throw new IllegalStateException("no " + kind.word() + " " + name);
        }
      };

  /**
   * A JSON file.
   *
   * @param where who brings it, as messages name it
   * @param content to read and close
   */
  record Item(String where, InputStream content) {}

  /** Names of a kind that are there right now, in any order. */
  List<String> names(CatalogKind kind);

  /**
   * The file of a name that is there.
   *
   * @throws InputException if it is there more than once, or gone meanwhile
   */
  Item open(CatalogKind kind, String name);
}
