// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import neupims.api.run.CatalogKind;
import neupims.catalog.item.MoreItems;
import org.junit.jupiter.api.Test;

/** Items that somebody else brings. */
final class BroughtItemsTest {
  /** Memories of a plug-in. */
  private record Brought(Map<String, String> memories) implements MoreItems {
    @Override
    public List<String> names(CatalogKind kind) {
      return kind == CatalogKind.MEMORY ? List.copyOf(memories.keySet()) : List.of();
    }

    @Override
    public Item open(CatalogKind kind, String name) {
      byte[] json = memories.get(name).getBytes(StandardCharsets.UTF_8);
      return new Item("mine 1.0.0: memories/" + name + ".json", new ByteArrayInputStream(json));
    }
  }

  private static CatalogOfFiles with(String name, String json) {
    return new CatalogOfFiles(new Brought(Map.of(name, json)), new FakePlugins());
  }

  @Test
  void aMemoryOfAPluginIsListedAndHasItsOwnValuesOverItsBase() {
    CatalogOfFiles catalog =
        with("mine", "{\"base\": \"pim-neupims\", \"pim\": {\"multipliersPerBank\": 32}}");
    List<String> names = catalog.names(CatalogKind.MEMORY);
    assertTrue(names.containsAll(List.of("mine", "hbm2")), names.toString());
    assertEquals(names.stream().sorted().toList(), names);
    var memory = catalog.memory("mine", List.of());
    assertEquals(32, memory.pim().orElseThrow().multipliersPerBank());
    assertEquals("pim-neupims", memory.model());
  }

  @Test
  void aBadFileOfAPluginIsNamedWithItsBundle() {
    CatalogOfFiles catalog = with("mine", "{\"base\": \"hbm2\", \"timing\": {\"rdc\": 3}}");
    TestCatalog.assertRefused(
        () -> catalog.memory("mine", List.of()), "mine 1.0.0: memories/mine.json", "timing.rdc");
    CatalogOfFiles broken = with("mine", "{\"base\": ");
    TestCatalog.assertRefused(
        () -> broken.memory("mine", List.of()), "mine 1.0.0: memories/mine.json");
  }

  @Test
  void theCatalogsOwnNamesStayWhatTheyAre() {
    CatalogOfFiles catalog = with("hbm2", "{\"base\": \"ddr5\"}");
    assertEquals(32, catalog.memory("hbm2", List.of()).organization().channels());
  }
}
