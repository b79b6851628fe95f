// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.onlyVariant;
import static neupims.catalog.TestCatalog.origin;
import static neupims.catalog.TestCatalog.set;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.run.Experiment;
import neupims.api.run.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names choose files, reference options change them, values change both; later layers win. */
class PrecedenceTest {
  @TempDir Path directory;

  private Path file(String name, String json) throws IOException {
    return Files.writeString(directory.resolve(name), json.replace('\'', '"'));
  }

  @Test
  void theLastOfTwoSettingsCounts() {
    assertEquals(
        16,
        variant("memory.timing.rcd=15", "memory.timing.rcd=16").system().memory().timing().rcd());
  }

  @Test
  void aNameIsResolvedBeforeAFinerSettingWhateverTheirOrder() {
    for (List<String> order :
        List.of(
            List.of("memory.timing.rcd=15", "memory=hbm2", "system=npu-only"),
            List.of("system=npu-only", "memory=hbm2", "memory.timing.rcd=15"))) {
      Variant variant = variant(order.toArray(String[]::new));
      assertEquals("hbm2", variant.system().memory().name());
      assertEquals(15, variant.system().memory().timing().rcd());
      assertTrue(variant.system().memory().pim().isEmpty());
    }
  }

  @Test
  void aSystemBringsItsPartsAndAnotherNameReplacesOne() {
    assertEquals("pim-newton", variant("system=npu-pim").system().memory().name());
    Variant changed = variant("system=npu-pim", "memory=pim-neupims");
    assertEquals("pim-neupims", changed.system().memory().name());
    assertTrue(changed.system().memory().pim().orElseThrow().dualRowBuffer());
    assertEquals("offload", changed.system().compiler());
  }

  @Test
  void settingsWinOverVariantsAndVariantsOverTheFile() throws IOException {
    Path file =
        file(
            "exp.json",
            "{'workload':{'requests':5},'batch':64,'tp':2,"
                + "'variants':[{'name':'a'},{'name':'b','set':{'batch':32,'memory.timing.rcd':15}}]}");
    Experiment plain = CATALOG.experiment(file, List.of());
    assertEquals(List.of(64, 32), plain.variants().stream().map(Variant::maxBatch).toList());
    assertEquals(file.toString(), origin(plain.variants().get(0), "batch"));
    assertEquals(15, plain.variants().get(1).system().memory().timing().rcd());
    Experiment set = CATALOG.experiment(file, set("batch=16", "seed=7"));
    assertEquals(List.of(16, 16), set.variants().stream().map(Variant::maxBatch).toList());
    assertEquals(List.of(7L, 7L), set.variants().stream().map(Variant::seed).toList());
    assertEquals(7, set.seed());
    assertEquals(2, set.variants().get(0).shard().parallelism().tensor());
  }

  @Test
  void theModelSaysHowItIsSpreadUnlessTheUserDoes() {
    assertEquals(8, variant("model=gpt3-175b").shard().parallelism().tensor());
    assertEquals(2, variant("model=gpt3-175b", "tp=2").shard().parallelism().tensor());
  }

  @Test
  void nestedKeysAndPathsMeanTheSame() throws IOException {
    Path nested = file("a.json", "{'workload':{'requests':5},'memory':{'timing':{'rcd':15}}}");
    Path dotted = file("b.json", "{'workload.requests':5,'memory.timing.rcd':15}");
    assertEquals(onlyVariant(nested).system(), onlyVariant(dotted).system());
  }

  @Test
  void anExperimentIsCalledWhatItSaysOrWhatItsFileIsCalled() throws IOException {
    Path file = file("my first.json", "{'workload':{'requests':5}}");
    assertEquals("my-first", CATALOG.experiment(file, List.of()).name());
    assertEquals("x", CATALOG.experiment(file, set("name=x")).name());
    Path named = file("b.json", "{'name':'demo','workload':{'requests':5}}");
    assertEquals("demo", CATALOG.experiment(named, List.of()).name());
    assertEquals("default", CATALOG.experiment(null, List.of()).name());
    assertEquals("neupims", onlyVariant(named).name());
  }
}
