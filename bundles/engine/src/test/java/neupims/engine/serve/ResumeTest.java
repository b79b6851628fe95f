// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Experiment;
import neupims.api.run.IterationLine;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.PrefillSpec;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RequestLine;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;
import neupims.api.run.ServingSpec;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.InputException;
import neupims.api.unit.Parameters;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end early and go on from their journals. */
class ResumeTest {
  @TempDir private Path directory;

  private final FakePlugins plugins = new FakePlugins();
  private final AtomicLong simulated = new AtomicLong();
  private final List<String> lines = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private long breaksAt = Long.MAX_VALUE;
  private CompletableFuture<LiveRun> underWay;
  private long stopsAt = Long.MAX_VALUE;

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

  private final class Observer implements RunObserver {
    private final boolean resumes;

    Observer(boolean resumes) {
      this.resumes = resumes;
    }

    @Override
    public void progress(String variant, long done, long of) {}

    @Override
    public void notice(String variant, String line) {
      notices.add(variant + ": " + line);
    }

    @Override
    public Optional<Path> directory() {
      return Optional.of(directory);
    }

    @Override
    public boolean resumes() {
      return resumes;
    }

    @Override
    public RunLog log(int index) {
      return new RunLog() {
        @Override
        public void request(RequestLine line) {
          lines.add(line.toString());
        }

        @Override
        public void iteration(IterationLine line) {
          lines.add(line.toString());
        }
      };
    }
  }

  @BeforeEach
  void anotherSplit() {
    SubBatchPolicy backwards =
        state -> {
          List<Resident> batch = new ArrayList<>(state.batch());
          Collections.reverse(batch);
          return List.of(batch);
        };
    plugins.put(PluginKind.SPLIT, "backwards", "0.1.0", backwards);
  }

  /** Every kind of run that keeps a journal. */
  private static Map<String, Variant> variants() {
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
    variants.put("snapshots", SampleVariants.variant("s"));
    return variants;
  }

  private static Variant prefill(Variant v, PrefillSpec.Mode mode) {
    ServingSpec s = v.serving();
    PrefillSpec prefill = new PrefillSpec(mode, 1, 1e12, 1e-7);
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

  @Test
  void aRunThatBrokeGoesOnWhereItBrokeAndGivesTheSame() throws IOException {
    for (Map.Entry<String, Variant> kind : variants().entrySet()) {
      String whole = text(run(kind.getValue(), false));
      List<String> wholeLines = List.copyOf(lines);
      long all = simulated.get();
      assertTrue(all >= 3, kind.getKey());
      assertFalse(Files.exists(journal()), "a complete run keeps no journal");
      for (long at : new long[] {1, 2, all / 2, all}) {
        breaksAt = at;
        assertEquals("failed", run(kind.getValue(), false).stopped());
        assertTrue(Files.exists(journal()) || at == 0, kind.getKey());
        breaksAt = Long.MAX_VALUE;
        VariantResult resumed = run(kind.getValue(), true);
        assertEquals(whole, text(resumed), kind.getKey() + " at " + at);
        assertEquals(wholeLines, lines, kind.getKey() + " at " + at);
        assertEquals(all - (at - 1), simulated.get(), kind.getKey() + " at " + at);
        assertFalse(Files.exists(journal()));
      }
    }
  }

  @Test
  void aRunMayBreakAgainAndAgain() {
    Variant variant = variants().get("all");
    String whole = text(run(variant, false));
    long all = simulated.get();
    breaksAt = 4;
    run(variant, false);
    for (int i = 0; i < 5; i++) {
      assertEquals("failed", run(variant, true).stopped());
      assertEquals(4, simulated.get());
    }
    breaksAt = Long.MAX_VALUE;
    assertEquals(whole, text(run(variant, true)));
    assertEquals(all - 18, simulated.get());
  }

  @Test
  void aRunThatWasStoppedGoesOn() {
    for (Map.Entry<String, Variant> kind : variants().entrySet()) {
      String whole = text(run(kind.getValue(), false));
      long all = simulated.get();
      stopsAt = 2;
      assertEquals("interrupted", run(kind.getValue(), false).stopped(), kind.getKey());
      long before = simulated.get();
      stopsAt = Long.MAX_VALUE;
      assertEquals(whole, text(run(kind.getValue(), true)), kind.getKey());
      assertEquals(all - before, simulated.get(), kind.getKey());
      assertEquals(
          List.of(kind.getValue().name() + ": goes on after " + before + " answers of its journal"),
          notices);
    }
  }

  @Test
  void ofAJournalThatWasCutShortWhatIsWholeIsUsed() throws IOException {
    Variant variant = variants().get("swaps");
    String whole = text(run(variant, false));
    long all = simulated.get();
    breaksAt = 9;
    run(variant, false);
    breaksAt = Long.MAX_VALUE;
    byte[] journal = Files.readAllBytes(journal());
    long least = all;
    for (int length = headBytes(journal); length < journal.length; length += 7) {
      Files.createDirectories(journal().getParent());
      Files.write(journal(), Arrays.copyOf(journal, length));
      assertEquals(whole, text(run(variant, true)), length + " bytes");
      assertTrue(simulated.get() <= least, "the longer the journal the less is simulated");
      assertTrue(simulated.get() > all - 8);
      least = simulated.get();
    }
    assertEquals(all - 7, least);
  }

  @Test
  void ofADamagedJournalWhatComesBeforeIsUsed() throws IOException {
    Variant variant = variants().get("separate");
    String whole = text(run(variant, false));
    breaksAt = 9;
    run(variant, false);
    breaksAt = Long.MAX_VALUE;
    byte[] journal = Files.readAllBytes(journal());
    for (int at = headBytes(journal); at < journal.length; at += 5) {
      byte[] damaged = journal.clone();
      damaged[at] ^= 0x10;
      Files.createDirectories(journal().getParent());
      Files.write(journal(), damaged);
      assertEquals(whole, text(run(variant, true)), "byte " + at);
      boolean said = notices.isEmpty() || notices.get(0).endsWith(", whose end is missing");
      assertTrue(said, notices.toString());
    }
  }

  @Test
  void whatIsNoJournalIsRefused() throws IOException {
    Variant variant = variants().get("plain");
    Files.createDirectories(journal().getParent());
    for (String text : new String[] {"", "no journal", "x".repeat(10_000)}) {
      Files.writeString(journal(), text);
      refused(variant, "not a journal of a run");
      assertEquals(text, Files.readString(journal()), "it is left as it is");
    }
  }

  @Test
  void otherHardwareAndOtherVariantsAreRefusedBeforeAnythingRuns() throws IOException {
    Variant variant = variants().get("plain");
    breaksAt = 5;
    run(variant, false);
    breaksAt = Long.MAX_VALUE;
    refused(Live.variant("other", 60, LiveSpec.NONE), "of variant plain, not other");
    plugins.put(
        PluginKind.NPU_MODEL, "npu", "2.0.0", plugins.select(PluginKind.NPU_MODEL, "x").service());
    refused(variant, "made with npu-model npu (test 1.0.0), now npu-model npu (test 2.0.0)");
  }

  @Test
  void anotherEngineAndModelsOfOtherContentAreRefused() {
    Variant variant = variants().get("plain");
    plugins.content("npu", "aaaa");
    breaksAt = 5;
    run(variant, false);
    breaksAt = Long.MAX_VALUE;
    plugins.content("npu", "bbbb");
    refused(
        variant,
        "made with npu-model npu (test 1.0.0, content aaaa), now npu-model npu (test 1.0.0, content"
            + " bbbb)");
    plugins.content("npu", "aaaa").engine("engine 1.0.0 (1)");
    refused(variant, "simulated by engine 1.0.0 (0), now engine 1.0.0 (1); remove it");
    plugins.engine("engine 1.0.0 (0)");
    assertEquals("completed", run(variant, true).stopped());
  }

  @Test
  void aRunWhosePolicyFailedGoesOnWhenItIsMended() {
    Variant variant = Live.policies(variants().get("replicas"), "mine");
    SubBatchPolicy mended = plugins.select(PluginKind.SPLIT, "x").service();
    SubBatchPolicy broken =
        state -> {
          if (state.iteration() == 6) {
            throw new IllegalStateException("not this one");
          }
          return mended.split(state);
        };
    plugins.put(PluginKind.SPLIT, "mine", "1.0.0", mended);
    String whole = text(run(variant, false));
    long all = simulated.get();
    plugins.put(PluginKind.SPLIT, "mine", "1.0.0", broken);
    VariantResult failed = run(variant, false);
    assertEquals("failed", failed.stopped());
    assertTrue(failed.failure().contains("not this one"), failed.failure());
    long before = simulated.get();
    plugins.put(PluginKind.SPLIT, "mine", "1.0.0", mended);
    assertEquals(whole, text(run(variant, true)));
    assertEquals(all - before, simulated.get());
  }

  @Test
  void aPolicyOfAnotherVersionMayGoOnAsLongAsItDoesTheSame() {
    Variant variant = Live.policies(variants().get("plain"), "mine");
    String whole = text(run(variant, false));
    breaksAt = 5;
    run(variant, false);
    breaksAt = Long.MAX_VALUE;
    plugins.put(PluginKind.SPLIT, "mine", "2.0.0", plugins.select(PluginKind.SPLIT, "x").service());
    VariantResult resumed = run(variant, true);
    assertEquals("completed", resumed.stopped());
    String warning =
        "plain: warning: the run began with split mine (test 1.0.0), now split mine (test 2.0.0)";
    assertTrue(notices.get(0).startsWith(warning), notices.toString());
    assertNotEquals(whole, text(resumed));
    assertEquals(whole, text(resumed).replace("version=2.0.0", "version=1.0.0"));
  }

  @Test
  void aPolicyThatDecidesOtherwiseIsNamedWithTheIterationAndTheJournalIsKept() throws IOException {
    Variant variant = Live.policies(variants().get("plain"), "mine");
    breaksAt = 5;
    run(variant, false);
    breaksAt = Long.MAX_VALUE;
    byte[] before = Files.readAllBytes(journal());
    SubBatchPolicy backwards = plugins.select(PluginKind.SPLIT, "backwards").service();
    SubBatchPolicy same = plugins.select(PluginKind.SPLIT, "x").service();
    SubBatchPolicy other = state -> (state.iteration() < 2 ? same : backwards).split(state);
    plugins.put(PluginKind.SPLIT, "mine", "2.0.0", other);
    VariantResult result = run(variant, true);
    assertEquals("failed", result.stopped());
    for (String words :
        new String[] {
          "iteration 2 is not", "split mine (test 1.0.0), now split mine (test 2.0.0)"
        }) {
      assertTrue(result.failure().contains(words), result.failure());
    }
    assertEquals(0, simulated.get());
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(journal())));
  }

  @Test
  void withoutAJournalTheRunBeginsAnew() {
    Variant variant = variants().get("plain");
    String whole = text(run(variant, false));
    long all = simulated.get();
    assertEquals(whole, text(run(variant, true)));
    assertEquals(all, simulated.get());
  }

  @Test
  void aRunThatDoesNotResumeForgetsTheJournalThatIsThere() {
    Variant variant = variants().get("plain");
    String whole = text(run(variant, false));
    long all = simulated.get();
    breaksAt = 5;
    run(variant, false);
    breaksAt = Long.MAX_VALUE;
    assertEquals(whole, text(run(variant, false)));
    assertEquals(all, simulated.get());
  }

  @Test
  void filesOfOthersInItsFolderAreLeftAlone() throws IOException {
    Files.createDirectories(journal().getParent());
    Path note = Files.writeString(journal().resolveSibling("note.txt"), "mine");
    assertEquals("completed", run(variants().get("plain"), false).stopped());
    assertEquals("mine", Files.readString(note));
    assertFalse(Files.exists(journal()));
  }

  private Path journal() {
    return directory.resolve("journal").resolve("0.journal");
  }

  /** Bytes of the first piece: lengths and checksum, then as many as the first length says. */
  private static int headBytes(byte[] journal) {
    return 12 + ByteBuffer.wrap(journal).getInt();
  }

  private void refused(Variant variant, String words) {
    InputException refusal = assertThrows(InputException.class, () -> run(variant, true));
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  /** All but the time it took on this machine. */
  private static String text(VariantResult result) {
    return Live.text(result) + result.steps();
  }

  private VariantResult run(Variant variant, boolean resumes) {
    lines.clear();
    notices.clear();
    simulated.set(0);
    Experiment experiment = new Experiment("test", 1, List.of(variant), "{}");
    underWay = new CompletableFuture<>();
    LiveRun run =
        new LocalSimulation(plugins, new Counted()).start(experiment, new Observer(resumes));
    underWay.complete(run);
    try {
      return run.await().variants().get(0);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }
}
