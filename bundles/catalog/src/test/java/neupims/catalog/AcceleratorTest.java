// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.assertRefused;
import static neupims.catalog.TestCatalog.json;
import static neupims.catalog.TestCatalog.set;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.InterconnectSpec;
import neupims.api.run.CatalogKind;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Systems that are a whole device, and what connects devices. */
class AcceleratorTest {
  @TempDir Path directory;

  /** The data sheets' FP16 tensor TFLOPS without sparsity, TB/s and GiB. */
  @ParameterizedTest
  @CsvSource({"a100-40gb, 312, 1.555, 40", "h100, 989.4, 3.35, 80"})
  void gpusHaveTheirDataSheetsFigures(
      String name, double teraflops, double terabytes, long gibibytes) {
    AcceleratorSpec gpu = accelerator("system=gpu-only", "accelerator=" + name);
    double peak = 2.0 * gpu.peakMacsPerCycle() * gpu.clock().hertz();
    assertEquals(teraflops * 1e12, peak, 1e-3 * peak);
    assertEquals(terabytes * 1e12, gpu.bytesPerSecond(), 1e-3 * gpu.bytesPerSecond());
    assertEquals(gibibytes << 30, gpu.memoryBytes());
    for (String cap : List.of("computeShare", "bandwidthShare")) {
      double share = gpu.parameters().real(cap);
      assertTrue(share > 0.5 && share < 1, cap);
    }
  }

  @Test
  void clockAndCapacityAreThereForThoseWhoAskForAMemory() {
    SystemSpec system = variant("system=gpu-only").system();
    assertEquals(40L << 30, system.memory().organization().bytes());
    assertEquals(1_410_000_000, system.memory().clock().hertz());
    assertEquals(1, system.memory().organization().channels());
    assertEquals(110_592, system.npu().peakMacsPerCycle());
    assertTrue(variant().system().accelerator().isEmpty());
  }

  @Test
  void aResolvedGpuHasNeitherNpuNorMemory() {
    var json = json(variant("system=gpu-only"));
    assertFalse(json.has("npu") || json.has("memory") || json.has("device"));
    assertTrue(json.getAsJsonObject("accelerator").has("parameters"));
    assertFalse(json(variant()).has("accelerator"));
  }

  @Test
  void hardwareOfTheOtherKindIsRefusedWithTheSystemOrAboveIt() {
    assertRefused(
        () -> variant("system=gpu-only", "memory.timing.rcd=15"),
        "--set memory.timing.rcd=15: not allowed: system gpu-only is an accelerator, it has no"
            + " memory");
    assertRefused(() -> variant("system=gpu-only", "npu=systolic"), "--set npu=systolic: not");
    assertRefused(
        () -> variant("accelerator=h100"),
        "--set accelerator=h100: not allowed: system neupims is an NPU and a memory");
    assertRefused(
        () -> variant("system=gpu-only", "accelerator.parameters.tensorShare=1"),
        "allowed in accelerator.parameters: computeShare, bandwidthShare, kernelNanos");
  }

  /** An experiment can change a memory's timing and still have a GPU beside it. */
  @Test
  void hardwareOfTheOtherKindBelowTheSystemIsDropped() throws IOException {
    Path experiment =
        Files.writeString(
            directory.resolve("e.json"),
            """
            {
              "workload": {"source": "all-at-once"},
              "memory": {"timing": {"rcd": 15}},
              "variants": [
                {"name": "gpu", "set": {"system": "gpu-only", "accelerator": "h100"}},
                {"name": "npu", "set": {"system": "npu-only"}}
              ]
            }
            """);
    List<Variant> variants = CATALOG.experiment(experiment, List.of()).variants();
    assertEquals("h100", variants.get(0).system().accelerator().orElseThrow().name());
    assertEquals(15, variants.get(1).system().memory().timing().rcd());
  }

  @Test
  void aSystemIsOneOrTheOther() throws IOException {
    Path both =
        Files.writeString(
            directory.resolve("both.json"), "{\"base\": \"npu-only\", \"accelerator\": \"h100\"}");
    assertRefused(
        () -> variant("system=" + both),
        "both.json: accelerator: a system is an accelerator or an NPU and a memory");
  }

  @Test
  void devicesExchangeDataInNoTimeUnlessAnInterconnectIsChosen() {
    for (String system : CATALOG.names(CatalogKind.SYSTEM)) {
      assertEquals("none", variant("system=" + system).system().interconnect().model(), system);
    }
    InterconnectSpec ring =
        variant("interconnect.model=ring", "interconnect.latencyNanos=500").system().interconnect();
    assertEquals(new InterconnectSpec("ring", 195_000_000_000L, 500), ring);
    assertRefused(
        () -> CATALOG.variant(set("interconnect.model=rin")),
        "unknown interconnect",
        "did you mean \"ring\"?");
  }

  private static AcceleratorSpec accelerator(String... settings) {
    return variant(settings).system().accelerator().orElseThrow();
  }
}
