// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Experiment;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.TokenRun;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

class LocalSimulationTest {
  private final FakePlugins plugins = new FakePlugins();
  private final LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());

  @Test
  void aFullBatchStaysFullAndTokensFollowFromIt() {
    Variant variant = SampleVariants.variant("a");
    VariantResult result = run(variant).get(0);
    assertEquals("completed", result.stopped());
    assertEquals(3, result.iterations());
    assertEquals(3 * 16, result.tokensGenerated());
    long stepCycles = 16 * FakeDevice.CYCLES_PER_REQUEST * SampleVariants.MODEL.layers();
    assertEquals(3 * stepCycles / 1e9, result.simulatedSeconds(), 1e-15);
    assertEquals(16 / (stepCycles / 1e9), result.tokensPerSecond(), 1e-3);
    assertTrue(result.requestsCompleted() > 0);
  }

  @Test
  void energyIsThatOfAllMeasuredIterationsAndATokensItsShare() {
    Variant variant = SampleVariants.variant("a");
    VariantResult result = run(variant).get(0);
    double step = FakeDevice.BLOCK_ENERGY.totalJoules() * SampleVariants.MODEL.layers();
    assertEquals(3 * step, result.energy().orElseThrow().totalJoules());
    assertEquals(step / 16, result.joulesPerToken().orElseThrow(), 1e-12);
  }

  @Test
  void snapshotsComeAfterTheWarmUpAndAtTheirSpacing() {
    List<Long> iterations =
        run(SampleVariants.variant("a")).get(0).steps().stream().map(s -> s.iteration()).toList();
    assertEquals(List.of(50L, 60L, 70L), iterations);
  }

  @Test
  void pipelineDevicesShareTheBatchAsMicroBatches() {
    Variant variant =
        SampleVariants.variant("a", new Parallelism(1, 2), MeasureSpec.snapshots(0, 1, 1));
    VariantResult result = run(variant).get(0);
    assertEquals(2, result.steps().get(0).devices().size());
    assertEquals(16, result.tokensGenerated());
    assertEquals(8 * FakeDevice.CYCLES_PER_REQUEST, result.meanBlockCycles() / 2);
  }

  @Test
  void whatTheSourceHasToSayIsInTheResultAndItIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    RequestSource source =
        spec ->
            new RequestStream() {
              private long next;

              @Override
              public boolean hasNext() {
                return next < 1;
              }

              @Override
              public Request next() {
                return new Request(next++, 0, 1, 1);
              }

              @Override
              public long linesSkipped() {
                return 12;
              }

              @Override
              public List<String> warnings() {
                return List.of("mind the gap");
              }

              @Override
              public void close() {
                closed.set(true);
              }
            };
    plugins.put(PluginKind.REQUEST_SOURCE, source);
    VariantResult result = run(SampleVariants.variant("a")).get(0);
    assertEquals(12, result.linesSkipped());
    assertEquals("mind the gap", result.warnings().get(0));
    assertTrue(closed.get());
  }

  /** The fake interconnect takes 2 us a hop: at 1 GHz 2,000 cycles between two devices. */
  @Test
  void pipelineDevicesHandActivationsOn() {
    Variant variant =
        SampleVariants.variant("a", new Parallelism(1, 2), MeasureSpec.snapshots(0, 1, 1));
    long cycles = run(variant).get(0).steps().get(0).stepCycles();
    assertEquals(8 * FakeDevice.CYCLES_PER_REQUEST * SampleVariants.MODEL.layers() + 2000, cycles);
  }

  @Test
  void variantsOfOneSeedSeeTheSameRequests() {
    List<VariantResult> results = run(SampleVariants.variant("a"), SampleVariants.variant("b"));
    assertEquals(
        results.get(0).steps().stream().map(s -> s.sequenceTokens()).toList(),
        results.get(1).steps().stream().map(s -> s.sequenceTokens()).toList());
  }

  @Test
  void aRunThatHasServedAllItsRequestsEnds() {
    ModelShard shard = new ModelShard(SampleVariants.MODEL, new Parallelism(1, 1));
    Variant finite = SampleVariants.variant("a", shard, MeasureSpec.snapshots(0, 1000, 1), 5);
    VariantResult result = run(finite).get(0);
    assertEquals("completed", result.stopped());
    assertEquals(5, result.requestsCompleted());
    // Outputs are 1 to 5 tokens: the longest runs five iterations.
    assertEquals(5, result.iterations());
    assertEquals(1 + 2 + 3 + 4 + 5, result.tokensGenerated());
  }

  @Test
  void aRunThatEndsBeforeItMeasuresAnythingSaysSo() {
    ModelShard shard = new ModelShard(SampleVariants.MODEL, new Parallelism(1, 1));
    Variant short5 = SampleVariants.variant("a", shard, MeasureSpec.snapshots(1000, 3, 1), 5);
    VariantResult result = run(short5).get(0);
    assertEquals(0, result.iterations());
    assertTrue(result.warnings().get(0).contains("nothing was simulated"));
  }

  @Test
  void aFailingVariantIsNamedAndTheOthersGoOn() {
    DeviceSimulator failsForB =
        (device, program, sink) -> {
          throw new IllegalStateException("memory model x broke at cycle 7");
        };
    LocalSimulation broken = new LocalSimulation(plugins, failsForB);
    VariantResult result =
        broken.run(experiment(SampleVariants.variant("b")), RunObserver.NONE).variants().get(0);
    assertEquals("failed", result.stopped());
    assertEquals("memory model x broke at cycle 7", result.failure());
    assertNull(run(SampleVariants.variant("a")).get(0).failure());
  }

  @Test
  void aSchedulerThatRunsStrangersIsNamed() {
    plugins.put(
        PluginKind.SCHEDULER,
        state -> new IterationPlan(List.of(), List.of(new TokenRun(99, 1)), List.of()));
    VariantResult result = run(SampleVariants.variant("a")).get(0);
    assertTrue(result.failure().contains("scheduler scheduler"), result.failure());
    assertTrue(result.failure().contains("request 99"), result.failure());
  }

  @Test
  void aPlacementOutOfRangeIsNamed() {
    KvPlacement outside =
        (state, newcomers) -> {
          int[] channels = new int[newcomers.size()];
          Arrays.fill(channels, state.channels());
          return channels;
        };
    plugins.put(PluginKind.PLACEMENT, outside);
    VariantResult result = run(SampleVariants.variant("a")).get(0);
    assertTrue(
        result.failure().contains("placement placement (test 1.0.0), at iteration 0: broke"),
        result.failure());
  }

  @Test
  void aSplitThatLosesARequestIsNamed() {
    plugins.put(PluginKind.SPLIT, state -> List.of(state.batch().subList(1, state.batch().size())));
    VariantResult result = run(SampleVariants.variant("a")).get(0);
    assertTrue(result.failure().contains("no place for 1 requests"), result.failure());
  }

  @Test
  void anInterruptEndsTheRunWithWhatIsDone() {
    List<Long> seen = new ArrayList<>();
    Thread caller = Thread.currentThread();
    RunObserver interruptsAfterTwo =
        (variant, done, of) -> {
          seen.add(done);
          if (done == 2) {
            caller.interrupt();
          }
        };
    DeviceSimulator slow =
        (device, program, sink) -> {
          pause();
          return new FakeDevice().simulate(device, program, sink);
        };
    Variant many =
        SampleVariants.variant("a", new Parallelism(1, 1), MeasureSpec.snapshots(0, 100_000, 1));
    VariantResult result =
        new LocalSimulation(plugins, slow)
            .run(experiment(many), interruptsAfterTwo)
            .variants()
            .get(0);
    assertTrue(Thread.interrupted(), "the caller's interrupt is kept");
    assertEquals("interrupted", result.stopped());
    assertTrue(result.iterations() >= 2 && result.iterations() < 100_000);
    assertEquals(seen.size(), result.iterations());
  }

  private List<VariantResult> run(Variant... variants) {
    return simulation.run(experiment(variants), RunObserver.NONE).variants();
  }

  private static Experiment experiment(Variant... variants) {
    return new Experiment("test", 1, List.of(variants), "{}");
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
