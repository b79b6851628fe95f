// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Program;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RunEvent;
import neupims.api.run.RunObserver;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Router;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.InputException;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import org.junit.jupiter.api.Test;

/** Runs that are looked at and changed while they are under way. */
class LiveRunTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final FakePlugins plugins = new FakePlugins();
  private final LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());

  /** The numbers of the iterations that each scheduler planned, as "name iteration". */
  private final List<String> planned = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aSwapOfTheExperimentTakesEffectBeforeItsIterationAndNoRequestIsLost() {
    Variant variant = Live.variant("a", 200, swaps(atIteration(5, PluginKind.SCHEDULER, "second")));
    named("first", "0.1.0", state -> true);
    named("second", "0.2.0", state -> true);
    VariantResult result = run(Live.scheduler(variant, "first"));
    assertNull(result.failure());
    assertEquals(200, result.requestsCompleted());
    assertEquals(List.of("first 4", "second 5"), planned.subList(4, 6));
    assertTrue(planned.subList(5, planned.size()).stream().allMatch(p -> p.startsWith("second")));
    RunEvent event = result.events().get(0);
    assertEquals(1, result.events().size());
    assertEquals(5, event.iteration());
    assertEquals("swap", event.what());
    assertEquals("first (test 0.1.0)", event.from());
    assertEquals("second (test 0.2.0)", event.to());
    assertEquals(variant.live().swaps(), result.swaps());
    assertEquals(
        List.of("first", "second"),
        result.plugins().stream()
            .filter(p -> p.kind().equals("scheduler"))
            .map(PluginInfo::name)
            .toList());
  }

  @Test
  void aSwapAtATimeComesBeforeTheFirstIterationThatBeginsThen() {
    Swap swap = new Swap(Moment.atSeconds(3e-6), choice(PluginKind.SCHEDULER, "second"));
    named("first", "0.1.0", state -> true);
    named("second", "0.1.0", state -> true);
    List<Long> begins = Collections.synchronizedList(new ArrayList<>());
    named("second", "0.1.0", state -> begins.add(state.nowNanos()));
    VariantResult result = run(Live.scheduler(Live.variant("a", 200, swaps(swap)), "first"));
    double at = result.events().get(0).atSeconds();
    assertTrue(at >= 3e-6, "at " + at);
    assertEquals(at, begins.get(0) / 1e9, 1e-15);
    long last = result.events().get(0).iteration() - 1;
    assertTrue(planned.contains("first " + last));
  }

  @Test
  void allPoliciesOfAnIterationAreOfOneSet() {
    List<String> calls = Collections.synchronizedList(new ArrayList<>());
    for (String set : List.of("first", "second")) {
      named(set, "1.0.0", state -> calls.add(set));
      SubBatchPolicy split =
          state -> {
            calls.add(set);
            return List.of(state.batch());
          };
      plugins.put(PluginKind.SPLIT, set, "1.0.0", split);
      ProgramCompiler real = plugins.select(PluginKind.COMPILER, "x").service();
      plugins.put(PluginKind.COMPILER, set, "1.0.0", new Heard(real, () -> calls.add(set)));
    }
    List<Swap> all =
        List.of(
            atIteration(7, PluginKind.SPLIT, "second"),
            atIteration(7, PluginKind.COMPILER, "second"),
            atIteration(7, PluginKind.SCHEDULER, "second"));
    VariantResult result = run(Live.policies(Live.variant("a", 100, swaps(all)), "first"));
    assertNull(result.failure());
    assertEquals(3, result.events().size());
    List<String> order = calls.stream().distinct().toList();
    assertEquals(List.of("first", "second"), order);
    assertEquals(calls.indexOf("second"), calls.lastIndexOf("first") + 1);
  }

  @Test
  void aRunIsPausedLookedAtSwappedAndResumed() throws InterruptedException {
    Gate gate = new Gate(10);
    named("first", "0.1.0", gate);
    named("second", "0.2.0", state -> true);
    Variant variant = Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first");
    LiveRun run = start(variant);
    gate.reached.await();
    run.pause();
    gate.open.countDown();
    VariantStatus paused = until(run, status -> status.state() == State.PAUSED);
    assertEquals(3_000, paused.requestsOf());
    assertTrue(paused.iterations() >= 10 && paused.requestsDone() < 3_000);
    assertEquals("first", paused.policies().get(0).name());
    long stands = paused.iterations();
    Thread.sleep(50);
    assertEquals(stands, run.status().get(0).iterations());
    run.swap(null, PluginKind.SCHEDULER, "second");
    run.resume();
    VariantResult result = run.await().variants().get(0);
    assertEquals(3_000, result.requestsCompleted());
    assertEquals(1, result.events().size());
    assertEquals(stands, result.events().get(0).iteration());
    assertTrue(planned.contains("second " + stands) && !planned.contains("first " + stands));
    VariantStatus over = run.status().get(0);
    assertEquals(State.ENDED, over.state());
    assertEquals(3_000, over.requestsDone());
    assertEquals("second", over.policies().get(0).name());
    assertEquals("completed", result.stopped());
  }

  @Test
  void whatWasSwappedByHandIsWrittenDownAndGivesTheSameAgain() throws InterruptedException {
    KvPlacement crowd = (state, newcomers) -> new int[newcomers.size()];
    plugins.put(PluginKind.PLACEMENT, "crowd", "1.0.0", crowd);
    named("few", "1.0.0", state -> true);
    Gate gate = new Gate(20);
    named("first", "1.0.0", gate);
    Variant variant = Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first");
    LiveRun run = start(variant);
    gate.reached.await();
    run.swap("a", PluginKind.PLACEMENT, "crowd");
    run.swap("a", PluginKind.SCHEDULER, "few");
    run.swap("a", PluginKind.SCHEDULER, "first");
    gate.open.countDown();
    VariantResult result = run.await().variants().get(0);
    assertEquals(3, result.swaps().size());
    VariantResult again = run(Live.with(variant, swaps(result.swaps())));
    assertEquals(Live.text(result), Live.text(again));
  }

  @Test
  void aStopEndsPausedVariantsToo() {
    Gate gate = new Gate(10);
    named("first", "0.1.0", gate);
    Variant variant = Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first");
    LiveRun run = start(variant);
    run.pause();
    gate.open.countDown();
    until(run, status -> status.state() == State.PAUSED);
    run.stop();
    assertTimeoutPreemptively(
        SOON, () -> assertEquals("interrupted", run.await().variants().get(0).stopped()));
  }

  @Test
  void whatCannotBeSwappedIsRefusedAndNothingChanges() throws InterruptedException {
    Gate gate = new Gate(10);
    named("first", "0.1.0", gate);
    BatchScheduler demanding = new Demanding();
    plugins.put(PluginKind.SCHEDULER, "demanding", "1.0.0", demanding);
    plugins.remove(PluginKind.SPLIT, "gone");
    plugins.put(PluginKind.COMPILER, "picky", "1.0.0", new Picky());
    LiveRun run = start(Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first"));
    gate.reached.await();
    refused("unknown variant \"b\"; known: a", () -> run.swap("b", PluginKind.SPLIT, "none"));
    refused("npu-model is bound", () -> run.swap("a", PluginKind.NPU_MODEL, "x"));
    refused("unknown split gone", () -> run.swap("a", PluginKind.SPLIT, "gone"));
    refused("one replica", () -> run.swap("a", PluginKind.ROUTER, "x"));
    refused("needs a crystal ball", () -> run.swap(null, PluginKind.COMPILER, "picky"));
    refused("wants depth", () -> run.swap(null, PluginKind.SCHEDULER, "demanding"));
    gate.open.countDown();
    VariantResult result = run.await().variants().get(0);
    assertEquals(List.of(), result.events());
    refused("is over", () -> run.swap("a", PluginKind.SPLIT, "none"));
  }

  @Test
  void aSwapToWhatIsNotThereIsRefusedBeforeAnythingRuns() {
    plugins.remove(PluginKind.SPLIT, "gone");
    Variant variant = Live.variant("a", 10, swaps(atIteration(3, PluginKind.SPLIT, "gone")));
    refused("unknown split gone", () -> start(variant));
    PolicyChoice old =
        new PolicyChoice(PluginKind.SCHEDULER, "x", Optional.of("0.0.9"), Parameters.NONE);
    Variant pinned = Live.variant("a", 10, swaps(new Swap(Moment.atIteration(3), old)));
    refused("scheduler x of version 0.0.9 is wanted; there is version 1.0.0", () -> start(pinned));
  }

  @Test
  void iterationsOfAllReplicasAreCountedAndTheRouterSwaps() {
    Router first = (state, request) -> 0;
    plugins.put(PluginKind.ROUTER, "first", "1.0.0", first);
    Router second = (state, request) -> 1;
    plugins.put(PluginKind.ROUTER, "second", "1.0.0", second);
    Variant one = Live.variant("a", 400, swaps(atIteration(10, PluginKind.ROUTER, "second")));
    Variant two = Live.replicas(one, new ReplicaSpec(2, "first", Parameters.NONE));
    VariantResult result = run(two);
    assertEquals(400, result.requestsCompleted());
    RunEvent event = result.events().get(0);
    assertEquals(10, event.iteration());
    assertEquals("first (test 1.0.0)", event.from());
  }

  private void named(String name, String version, Predicate<ServingState> hears) {
    BatchScheduler full = plugins.select(PluginKind.SCHEDULER, "any").service();
    BatchScheduler heard =
        state -> {
          planned.add(name + " " + state.iteration());
          hears.test(state);
          return full.plan(state);
        };
    plugins.put(PluginKind.SCHEDULER, name, version, heard);
  }

  /** Holds a run up in the midst of an iteration. */
  private static final class Gate implements Predicate<ServingState> {
    private final long iteration;
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    Gate(long iteration) {
      this.iteration = iteration;
    }

    @Override
    public boolean test(ServingState state) {
      if (state.iteration() == iteration) {
        reached.countDown();
        try {
          open.await();
        } catch (InterruptedException ends) {
          Thread.currentThread().interrupt();
        }
      }
      return true;
    }
  }

  private static void refused(String words, Runnable what) {
    InputException refusal = assertThrows(InputException.class, what::run);
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }

  /** Waits until the only variant is so. */
  private static VariantStatus until(LiveRun run, Predicate<VariantStatus> is) {
    return assertTimeoutPreemptively(
        SOON,
        () -> {
          while (!is.test(run.status().get(0))) {
            Thread.sleep(1);
          }
          return run.status().get(0);
        });
  }

  private VariantResult run(Variant variant) {
    return simulation
        .run(new Experiment("test", 1, List.of(variant), "{}"), RunObserver.NONE)
        .variants()
        .get(0);
  }

  private LiveRun start(Variant variant) {
    return simulation.start(new Experiment("test", 1, List.of(variant), "{}"), RunObserver.NONE);
  }

  private static LiveSpec swaps(Swap... swaps) {
    return swaps(List.of(swaps));
  }

  private static LiveSpec swaps(List<Swap> swaps) {
    return new LiveSpec(swaps, List.of(), 30, 10);
  }

  private static Swap atIteration(long iteration, PluginKind<?> kind, String name) {
    return new Swap(Moment.atIteration(iteration), choice(kind, name));
  }

  private static PolicyChoice choice(PluginKind<?> kind, String name) {
    return new PolicyChoice(kind, name, Parameters.NONE);
  }

  /** Says each time that it is asked for a program. */
  private record Heard(ProgramCompiler real, Runnable hears) implements ProgramCompiler {
    @Override
    public List<String> missing(DeviceCapabilities device) {
      return List.of();
    }

    @Override
    public Program compile(CompileInput input) {
      hears.run();
      return real.compile(input);
    }
  }

  private static final class Picky implements ProgramCompiler {
    @Override
    public List<String> missing(DeviceCapabilities device) {
      return List.of("a crystal ball");
    }

    @Override
    public Program compile(CompileInput input) {
      throw new AssertionError("nobody should ask");
    }
  }

  private static final class Demanding implements BatchScheduler {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(ParameterSpec.real("depth", 0, 1, "how deep it looks"));
    }

    @Override
    public IterationPlan plan(ServingState state) {
      throw new AssertionError("nobody should ask");
    }
  }
}
