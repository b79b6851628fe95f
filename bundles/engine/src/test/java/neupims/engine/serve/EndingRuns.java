// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.PrefillSpec;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.ServingSpec;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.InputException;
import neupims.api.unit.Parameters;
import neupims.testkit.SampleVariants;

/** Runs that a test has end early, and go on from their journals. */
final class EndingRuns {
  private final Path directory;

  final FakePlugins plugins = new FakePlugins();
  final AtomicLong simulated = new AtomicLong();
  final Recorder heard;
  long breaksAt = Long.MAX_VALUE;
  private CompletableFuture<LiveRun> underWay;
  long stopsAt = Long.MAX_VALUE;

  /** A device that counts, and breaks or has the run stopped when a number is reached. */
  private final class Counted implements DeviceSimulator {
    private final FakeDevice device = new FakeDevice();

    @Override
    public DeviceReport simulate(Device of, Program program, CommandSink sink) {
      long number = simulated.incrementAndGet();
      if (number == breaksAt) {
        throw new IllegalStateException("the power is gone");
      }
      if (number == stopsAt) {
        underWay.join().stop();
      }
      return device.simulate(of, program, sink);
    }
  }

  /** In a directory. */
  EndingRuns(Path directory) {
    this.directory = directory;
    heard = new Recorder(directory);
    SubBatchPolicy backwards =
        state -> {
          List<Resident> batch = new ArrayList<>(state.batch());
          Collections.reverse(batch);
          return List.of(batch);
        };
    plugins.put(PluginKind.SPLIT, "backwards", "0.1.0", backwards);
  }

  /** Every kind of run that keeps a journal. */
  static Map<String, Variant> variants() {
    Variant plain = Live.variant("plain", 60, LiveSpec.NONE);
    LiveSpec swaps =
        new LiveSpec(
            List.of(
                new Swap(
                    Moment.atIteration(3),
                    new PolicyChoice(PluginKind.SPLIT, "backwards", Parameters.NONE)),
                new Swap(
                    Moment.atIteration(9),
                    new PolicyChoice(PluginKind.SPLIT, "other", Parameters.NONE))),
            List.of(),
            30,
            10);
    ReplicaSpec three = new ReplicaSpec(3, "round-robin", Parameters.NONE);
    Map<String, Variant> variants = new LinkedHashMap<>();
    variants.put("plain", plain);
    variants.put("swaps", Live.with(plain, swaps));
    variants.put("replicas", Live.replicas(plain, three));
    variants.put("mixed", prefill(plain, PrefillSpec.Mode.MIXED));
    variants.put("separate", prefill(plain, PrefillSpec.Mode.SEPARATE));
    variants.put("all", Live.with(Live.replicas(variants.get("separate"), three), swaps));
    PrefillSpec pool =
        new PrefillSpec(
            PrefillSpec.Mode.SEPARATE, 2, true, PrefillSpec.Routing.PREFILLED, 1e12, 1e-7);
    variants.put("pool", Live.replicas(prefill(plain, pool), three));
    variants.put("snapshots", SampleVariants.variant("s"));
    return variants;
  }

  private static Variant prefill(Variant v, PrefillSpec.Mode mode) {
    return prefill(v, new PrefillSpec(mode, 1, 1e12, 1e-7));
  }

  private static Variant prefill(Variant v, PrefillSpec prefill) {
    ServingSpec s = v.serving();
    return new Variant(
        v.name(),
        v.seed(),
        v.shard(),
        v.system(),
        v.workload(),
        new ServingSpec(s.maxBatch(), s.tokenBudget(), prefill, s.kv(), s.slo(), s.replicas()),
        v.measure(),
        v.fidelity(),
        v.live(),
        v.resolvedJson());
  }

  /** What was written down of the last run. */
  List<Object> lines() {
    List<Object> lines = new ArrayList<>(heard.requests);
    lines.addAll(heard.iterations);
    return lines;
  }

  Path journal() {
    return directory.resolve("journal").resolve("0.journal");
  }

  /** Bytes of the first piece: lengths and checksum, then as many as the first length says. */
  static int headBytes(byte[] journal) {
    return 12 + ByteBuffer.wrap(journal).getInt();
  }

  void refused(Variant variant, String words) {
    InputException refusal = assertThrows(InputException.class, () -> run(variant, true));
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  /** All but the time it took on this machine. */
  static String text(VariantResult result) {
    return Live.text(result) + result.steps();
  }

  VariantResult run(Variant variant, boolean resumes) {
    heard.clear();
    heard.resumes = resumes;
    simulated.set(0);
    Experiment experiment = new Experiment("test", 1, List.of(variant), "{}");
    underWay = new CompletableFuture<>();
    LiveRun run = new LocalSimulation(plugins, new Counted()).start(experiment, heard);
    underWay.complete(run);
    try {
      return run.await().variants().get(0);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }
}
