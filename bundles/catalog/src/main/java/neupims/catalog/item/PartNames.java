// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import java.util.List;
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
      List.of(CatalogKind.MODEL, CatalogKind.NPU, CatalogKind.MEMORY);

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
      boolean full = values.get(path(part)).isPresent();
      values.get(part.word()).filter(Leaf::isText).ifPresent(leaf -> check(full, leaf));
      if (values.get(part.word()).filter(Leaf::isText).isPresent()) {
        values.rename(part.word(), path(part));
      }
    }
  }

  private static void check(boolean full, Leaf leaf) {
    if (full && leaf.kind() != Leaf.Kind.WORD) {
      throw leaf.refuse(
          "given twice: the name is given by its key " + leaf.written() + ".name too");
    }
  }
}
