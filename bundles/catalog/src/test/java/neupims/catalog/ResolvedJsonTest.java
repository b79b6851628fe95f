// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.onlyVariant;
import static neupims.catalog.TestCatalog.set;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.run.Experiment;
import neupims.api.run.Variant;
import neupims.catalog.item.MoreItems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolvedJsonTest {
  @TempDir Path directory;

  @Test
  void theSameExperimentGivesTheSameBytes() {
    assertEquals(
        CATALOG.experiment(null, set("reference=true")).resolvedJson(),
        new CatalogOfFiles(MoreItems.NONE, new FakePlugins())
            .experiment(null, set("reference=true"))
            .resolvedJson());
  }

  @Test
  void theOrderOfSettingsDoesNotShow() {
    assertEquals(
        variant("batch=64", "tp=2", "memory.timing.rcd=15").resolvedJson(),
        variant("memory.timing.rcd=15", "tp=2", "batch=64").resolvedJson());
  }

  @Test
  void aResolvedExperimentResolvesToItself() throws IOException {
    Experiment first =
        CATALOG.experiment(null, set("reference=true", "memory.timing.rcd=15", "seed=3"));
    Path file = Files.writeString(directory.resolve("again.json"), first.resolvedJson());
    Experiment again = CATALOG.experiment(file, List.of());
    assertEquals(withoutOrigins(first.resolvedJson()), withoutOrigins(again.resolvedJson()));
    for (int i = 0; i < first.variants().size(); i++) {
      assertEquals(first.variants().get(i).system(), again.variants().get(i).system());
    }
  }

  @Test
  void aResolvedVariantIsAnExperimentOfItsOwn() throws IOException {
    Variant first = variant("system=npu-pim", "reference=true", "batch=64");
    Path file = Files.writeString(directory.resolve("again.json"), first.resolvedJson());
    Variant again = onlyVariant(file);
    assertEquals(first.system(), again.system());
    assertEquals(first.shard(), again.shard());
    assertEquals(withoutOrigins(first.resolvedJson()), withoutOrigins(again.resolvedJson()));
  }

  @Test
  void numbersAreWrittenInOneFormHoweverTheyWereGiven() {
    assertEquals(
        withoutOrigins(variant("measure.warmupIterations=4096").resolvedJson()),
        withoutOrigins(variant("measure.warmupIterations=4.096e3").resolvedJson()));
    assertNotEquals(
        withoutOrigins(variant("batch=64").resolvedJson()),
        withoutOrigins(variant("batch=65").resolvedJson()));
  }

  private static JsonElement withoutOrigins(String json) {
    JsonObject object = JsonParser.parseString(json).getAsJsonObject();
    object.remove("origins");
    if (object.has("variants")) {
      object.getAsJsonArray("variants").forEach(v -> v.getAsJsonObject().remove("origins"));
    }
    return object;
  }
}
