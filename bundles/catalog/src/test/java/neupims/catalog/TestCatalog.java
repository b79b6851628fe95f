// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import neupims.api.run.Catalog;
import neupims.api.run.Setting;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.catalog.item.MoreItems;
import org.junit.jupiter.api.function.Executable;

/** The catalog with the plug-ins' names but not the plug-ins, and shorthands for its use. */
final class TestCatalog {
  static final Catalog CATALOG = new CatalogOfFiles(MoreItems.NONE, new FakePlugins());

  private TestCatalog() {}

  /** Settings as the command line gives them. */
  static List<Setting> set(String... pairs) {
    List<Setting> settings = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      settings.add(
          new Setting(pair.substring(0, equals), pair.substring(equals + 1), "--set " + pair));
    }
    return settings;
  }

  static Variant variant(String... pairs) {
    return CATALOG.variant(set(pairs));
  }

  static Variant onlyVariant(Path experiment, String... pairs) {
    List<Variant> variants = CATALOG.experiment(experiment, set(pairs)).variants();
    assertTrue(variants.size() == 1, () -> variants.size() + " variants");
    return variants.get(0);
  }

  static JsonObject json(Variant variant) {
    return JsonParser.parseString(variant.resolvedJson()).getAsJsonObject();
  }

  /** The origin of a key path as a resolved variant gives it: its own line or the nearest above. */
  static String origin(Variant variant, String path) {
    JsonObject origins = json(variant).getAsJsonObject("origins");
    String above = path;
    while (!origins.has(above)) {
      above = above.substring(0, above.lastIndexOf('.'));
    }
    return origins.get(above).getAsString();
  }

  /** Asserts that input is refused with a message that has all these parts. */
  static void assertRefused(Executable input, String... parts) {
    String message = assertThrows(InputException.class, input).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "\"" + part + "\" is not in: " + message);
    }
  }
}
