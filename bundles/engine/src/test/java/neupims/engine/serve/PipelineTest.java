// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.program.Stage.Repeat;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static final int LAYERS = SampleVariants.MODEL.layers();

  @Test
  void aSerialStepIsLayersTimesTheBlockHoweverDeepThePipeline() {
    DeviceReport serial = FakeDevice.report(70);
    for (int depth : new int[] {1, 2, 3, 8}) {
      assertEquals(70 * LAYERS, Pipeline.stepCycles(shard(depth), serial), "depth " + depth);
    }
  }

  /** Facts section 5: T = A + B + (N-1)(C + D) + E + F, per device of the pipeline. */
  @Test
  void anInterleavedStepFollowsTheStageFormulaOnEveryDevice() {
    DeviceReport report = interleaved();
    assertEquals(1 + 2 + 7 * (4 + 8) + 16 + 32, Pipeline.stepCycles(shard(1), report));
    assertEquals(2 * (1 + 2 + 3 * (4 + 8) + 16 + 32), Pipeline.stepCycles(shard(2), report));
    // 8 layers over 3 devices: 3, 3 and 2.
    assertEquals(
        3 * (1 + 2 + 16 + 32) + (2 + 2 + 1) * (4 + 8), Pipeline.stepCycles(shard(3), report));
  }

  /** A pipeline of three has two hops; what stages do not hide of their sums counts every layer. */
  @Test
  void communicationCountsInEveryLayerAndHopsBetweenDevices() {
    DeviceReport one = FakeDevice.report(70);
    DeviceReport report =
        one.withCommunication(List.of(one.stages().get(0).withCommunication(5)), 1000);
    assertEquals((70 + 5) * LAYERS, Pipeline.stepCycles(shard(1), report));
    assertEquals((70 + 5) * LAYERS + 2 * 1000, Pipeline.stepCycles(shard(3), report));
    assertEquals(5 * LAYERS + 2 * 1000, Pipeline.communicationCycles(shard(3), report));
  }

  @Test
  void theSlowestRoundTripSetsAnIterationsPeriod() {
    List<DeviceReport> micro = List.of(FakeDevice.report(10), FakeDevice.report(30));
    assertEquals(30 * LAYERS, Pipeline.iterationCycles(shard(2), micro));
  }

  @Test
  void aStepsEnergyIsThatOfAllLayersOnAllDevices() {
    DeviceReport report = interleaved();
    for (int depth : new int[] {1, 2, 3}) {
      double joules = Pipeline.stepEnergy(shard(depth), report).orElseThrow().totalJoules();
      assertEquals(Pipeline.stepCycles(shard(depth), report), joules);
    }
    ModelShard fourfold = new ModelShard(SampleVariants.MODEL, new Parallelism(4, 2));
    double one = Pipeline.stepEnergy(shard(2), report).orElseThrow().totalJoules();
    assertEquals(4 * one, Pipeline.stepEnergy(fourfold, report).orElseThrow().totalJoules());
  }

  @Test
  void anIterationsEnergyIsThatOfItsMicroBatches() {
    List<DeviceReport> micro = List.of(FakeDevice.report(10), FakeDevice.report(30));
    Energy energy = Pipeline.iterationEnergy(shard(2), micro).orElseThrow();
    assertEquals(FakeDevice.BLOCK_ENERGY.times(2 * LAYERS), energy);
    assertEquals(Optional.empty(), Pipeline.iterationEnergy(shard(2), List.of()));
  }

  private static ModelShard shard(int depth) {
    return new ModelShard(SampleVariants.MODEL, new Parallelism(1, depth));
  }

  private static DeviceReport interleaved() {
    return new DeviceReport(
        12,
        List.of(
            stage("A", Repeat.ONCE, false, 1),
            stage("B", Repeat.ONCE, false, 2),
            stage("C", Repeat.EVERY_LAYER_BUT_ONE, true, 4),
            stage("D", Repeat.EVERY_LAYER_BUT_ONE, true, 8),
            stage("E", Repeat.ONCE, false, 16),
            stage("F", Repeat.ONCE, false, 32)),
        List.of(),
        new Utilization(0, 0, 0),
        Stalls.NONE,
        new Traffic(0, 0),
        Map.of(),
        0);
  }

  /** A stage of as many joules as cycles. */
  private static StageReport stage(String name, Repeat repeat, boolean inBlock, long cycles) {
    Energy energy = new Energy(cycles, 0, 0);
    return new StageReport(name, repeat, inBlock, cycles, Optional.of(energy));
  }
}
