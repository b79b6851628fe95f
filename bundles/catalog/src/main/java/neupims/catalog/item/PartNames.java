// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import java.util.List;
import java.util.Optional;
import neupims.api.run.CatalogKind;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/**
 * The parts that are named and have values of their own. {@code "memory": "hbm2"} is short for
 * {@code "memory": {"name": "hbm2"}}: it selects the file whose values the others are changes to.
 */
public final class PartNames {
  /** The kinds of parts, in the order of a resolved experiment. */
  public static final List<CatalogKind> PARTS =
      List.of(CatalogKind.MODEL, CatalogKind.NPU, CatalogKind.MEMORY, CatalogKind.ACCELERATOR);

  private PartNames() {}

  /** The path of a part's name. */
  public static String path(CatalogKind part) {
    return Item.prefix(part) + "name";
  }

  /**
   * Writes the short form in full.
   *
   * @throws neupims.api.unit.InputException if a part's name is given in both forms
   */
  public static void expand(Values values) {
    for (CatalogKind part : PARTS) {
      Optional<Leaf> brief = values.get(part.word()).filter(Leaf::isText);
      if (brief.isPresent()) {
        if (values.get(path(part)).isPresent()) {
          throw brief.get().refuse("given twice, also as " + path(part));
        }
        values.rename(part.word(), path(part));
      }
    }
  }
}
