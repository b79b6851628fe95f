// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.catalog.item.CatalogFiles;
import neupims.catalog.resolve.SwapKeys;
import neupims.catalog.resolve.VariantValues;
import neupims.catalog.schema.Key;
import neupims.catalog.schema.KeyTable;
import neupims.catalog.schema.Schema;
import org.junit.jupiter.api.Test;

/** The table of keys and the records speak of the same keys. */
class KeyTableTest {
  private final KeyTable table = new KeyTable(CatalogFiles.own("keys.json"));
  private final Schema schema = new Schema(VariantValues.class, table, List.of());

  @Test
  void everyKeyHasALineInTheTableAndEveryLineAKey() {
    assertEquals(List.copyOf(schema.paths()), List.copyOf(table.paths()));
  }

  @Test
  void soHaveThoseOfSwaps() {
    KeyTable ofSwaps = new KeyTable(CatalogFiles.own("swap-keys.json"));
    Schema keys = new Schema(SwapKeys.EntryKeys.class, ofSwaps, List.of());
    assertEquals(List.copyOf(keys.paths()), List.copyOf(ofSwaps.paths()));
  }

  @Test
  void rangesAreNotEmpty() {
    for (Key key : schema.keys()) {
      assertTrue(key.limits().min().compareTo(key.limits().max()) < 0, key.path());
    }
  }
}
