// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.PimSpec;
import neupims.api.model.DecoderModel;
import neupims.api.model.ModelShard;
import neupims.api.run.CatalogKind;
import neupims.api.run.Experiment;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.workload.LengthDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the data files say, against the facts and figures derived from them. */
class CatalogDataTest {
  @Test
  void everyModelResolvesOnEverySystem() {
    for (String system : CATALOG.names(CatalogKind.SYSTEM)) {
      for (String model : CATALOG.names(CatalogKind.MODEL)) {
        Variant variant = variant("system=" + system, "model=" + model);
        assertEquals(system, variant.system().name());
        assertEquals(model, variant.shard().model().name());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpt3-7b, 32, 32, 4096, 4, 1",
    "gpt3-13b, 40, 40, 5120, 4, 1",
    "gpt3-30b, 48, 56, 7168, 4, 2",
    "gpt3-175b, 96, 96, 12288, 8, 4"
  })
  void modelsAreThoseOfThePapersTable(
      String name, int layers, int heads, int embedding, int tp, int pp) {
    Variant variant = variant("model=" + name);
    DecoderModel model = variant.shard().model();
    assertEquals(
        DecoderModel.gpt(name, layers, heads, embedding, 4 * embedding, 50304, 2048), model);
    assertEquals(128, model.headDim());
    assertEquals(tp, variant.shard().parallelism().tensor());
    assertEquals(pp, variant.shard().parallelism().pipeline());
  }

  @Test
  void weightsOfTheSmallestModelTakeTwelvePointNineGigabytes() {
    ModelShard shard = variant("model=gpt3-7b", "tp=1").shard();
    // 12 x 4096^2 weights a block, 32 blocks, 2 bytes.
    assertEquals(12L * 4096 * 4096 * 32 * 2, shard.weightBytes());
    assertEquals(12.9e9, shard.weightBytes(), 0.05e9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hbm2", "pim-newton", "pim-neupims"})
  void memoryOfThePaperIsOneTerabyteASecondAndThirtyTwoGibibytes(String name) {
    MemorySpec memory = CATALOG.memory(name, List.of());
    assertEquals(1.024e12, memory.peakBytesPerCycle() * memory.clock().hertz());
    assertEquals(32L << 30, memory.organization().bytes());
    assertEquals(32, memory.organization().banks());
    assertEquals(48, memory.timing().rc());
  }

  /** Packages are stacks, devices or DIMMs without their ECC; the figures are the standards'. */
  @ParameterizedTest
  @CsvSource({
    "hbm2, 4, 1024, 2.0, 8, 260, 3900",
    "hbm2e, 4, 1024, 3.2, 8, 350, 3900",
    "hbm3, 4, 1024, 6.4, 16, 350, 3900",
    "gddr6, 16, 32, 16.0, 1, 120, 1953.125",
    "lpddr5, 32, 16, 6.4, 2, 280, 3906",
    "ddr5, 12, 64, 6.4, 16, 295, 3900"
  })
  void memoriesHaveTheirStandardsFigures(
      String name,
      int packages,
      int pins,
      double gigabitsPerSecond,
      long gibibytes,
      double refreshNanos,
      double intervalNanos) {
    MemorySpec memory = CATALOG.memory(name, List.of());
    double gigahertz = memory.clock().hertz() / 1e9;
    double peak = packages * pins * gigabitsPerSecond / 8;
    assertEquals(peak, memory.peakBytesPerCycle() * gigahertz, 1e-9 * peak);
    assertEquals(packages * gibibytes << 30, memory.organization().bytes());
    assertEquals(Math.ceil(refreshNanos * gigahertz), memory.timing().rfc());
    assertEquals(Math.floor(intervalNanos * gigahertz), memory.timing().refi());
    // The NPU moves multiples of 64 bytes.
    assertEquals(0, 64 % memory.organization().accessBytes());
    // Two bank groups must be able to keep the bus busy.
    assertTrue(memory.timing().ccdS() <= memory.timing().burst());
    assertTrue(memory.timing().ccdL() <= 2 * memory.timing().burst());
  }

  @Test
  void npuPeaksAt131072MultiplyAccumulatesACycle() {
    assertEquals(131_072, CATALOG.npu("systolic", List.of()).peakMacsPerCycle());
    // A tile may fill half the scratchpad: 68.7 MB.
    assertEquals(68.7e6, CATALOG.npu("systolic", List.of()).scratchpadBytes() / 2.0, 0.05e6);
  }

  @Test
  void pimComputesOnSixteenTerabytesASecond() {
    for (String name : List.of("pim-newton", "pim-neupims")) {
      MemorySpec memory = CATALOG.memory(name, List.of());
      PimSpec pim = memory.pim().orElseThrow();
      double bytesPerCycle = 2.0 * pim.multipliersPerBank() / pim.computeInterval();
      assertEquals(16, bytesPerCycle);
      double device = bytesPerCycle * memory.organization().banks() * 32 * memory.clock().hertz();
      assertEquals(16.4e12, device, 0.05e12);
      int steps = 32 * (memory.timing().ccdS() + memory.timing().ccdL());
      assertEquals(steps, pim.gwriteTime());
    }
    assertFalse(CATALOG.memory("hbm2", List.of()).pim().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "npu-only, hbm2, npu-only, round-robin, none",
    "npu-pim, pim-newton, offload, round-robin, none",
    "neupims-serial, pim-neupims, offload, min-load, none",
    "neupims, pim-neupims, interleaved, min-load, halves"
  })
  void systemsNameTheirParts(
      String name, String memory, String compiler, String placement, String split) {
    SystemSpec system = variant("system=" + name).system();
    assertEquals(memory, system.memory().name());
    assertEquals(compiler, system.compiler());
    assertEquals(placement, system.placement());
    assertEquals(split, system.split());
    assertEquals("vllm", system.scheduler());
    assertEquals("neupims", system.estimator());
    assertEquals("systolic", system.npu().name());
  }

  @Test
  void defaultExperimentComparesTheFourSystemsOnFullBatches() {
    Experiment experiment = CATALOG.experiment(null, List.of());
    assertEquals(
        List.of("npu-only", "npu-pim", "neupims-serial", "neupims"),
        experiment.variants().stream().map(v -> v.system().name()).toList());
    for (Variant variant : experiment.variants()) {
      assertEquals("gpt3-7b", variant.shard().model().name());
      assertEquals(4, variant.shard().parallelism().tensor());
      assertEquals(256, variant.maxBatch());
      assertEquals("sharegpt", variant.workload().lengths().orElseThrow().name());
      assertEquals(10, variant.measure().snapshots());
      assertEquals(500, variant.measure().everyIterations());
      assertEquals(experiment.seed(), variant.seed());
    }
  }

  @ParameterizedTest
  @CsvSource({"sharegpt, 80.05, 295.7", "alpaca, 12.13, 55.79"})
  void drawnLengthsHaveTheMeasuredMeans(String name, double prompt, double output) {
    LengthDistribution lengths =
        variant("workload.dataset=" + name).workload().lengths().orElseThrow();
    Random random = new Random(1);
    double outputs = mean(() -> lengths.outputTokens(random, 2048));
    double prompts = mean(() -> lengths.promptTokens(random, 2048));
    assertEquals(output, outputs, 0.01 * output);
    // The longest prompts of ShareGPT, up to 196,710 tokens, lose most to the clip at 2,048.
    assertEquals(prompt, prompts, 0.1 * prompt);
  }

  private static double mean(IntSupplier draw) {
    return IntStream.range(0, 400_000).map(i -> draw.getAsInt()).average().orElseThrow();
  }
}
