// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import neupims.api.hw.MemoryModel;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.RunEvent;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import neupims.api.unit.Parameters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-ins that are replaced or taken away under a run. */
class LostPluginTest {
  @TempDir private Path directory;
  private Trials trials;

  @BeforeEach
  void trials() {
    trials = new Trials(directory);
  }

  @Test
  void aReplacedPolicyIsSwappedLiveAndBothVersionsAreWantedByAReplay() {
    trials.scheduler("mine", state -> {});
    Variant variant = Live.scheduler(Live.variant("a", 300, Trials.spec()), "mine");
    trials.plugins.put(
        PluginKind.SCHEDULER,
        "mine",
        "1.0.0",
        trials.at(() -> trials.plugins.put(PluginKind.SCHEDULER, "mine", "2.0.0", trials.full)));
    VariantResult result = trials.run(variant).get(0);
    RunEvent event = result.events().get(0);
    assertEquals(
        List.of("plugin-updated", "mine (test 1.0.0)", "mine (test 2.0.0)", Trials.AT + 1),
        List.of(event.what(), event.from(), event.to(), event.iteration()));
    assertEquals(300, result.requestsCompleted());
    List<String> versions =
        result.swaps().stream().map(s -> s.what() + " " + s.to().version().orElseThrow()).toList();
    assertEquals(List.of("start 1.0.0", "plugin-updated 2.0.0"), versions);
  }

  @Test
  void buildsOfOneVersionAreToldApartAndAMomentWithoutAnyIsNotAnnounced() {
    trials.plugins.content("mine", "aaaa1111");
    trials.plugins.put(
        PluginKind.SCHEDULER,
        "mine",
        "1.0.0",
        trials.at(() -> trials.plugins.remove(PluginKind.SCHEDULER, "mine")));
    LiveRun run = trials.start(Live.scheduler(Live.variant("a", 300, Trials.spec()), "mine"));
    Trials.until(run, State.WAITING);
    trials.plugins.content("mine", "bbbb2222");
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    VariantResult result = Trials.await(run);
    assertEquals(300, result.requestsCompleted());
    String goesOn =
        "a: goes on with scheduler mine (test 1.0.0), content bbbb2222, from iteration 41 on";
    assertEquals(goesOn, trials.heard.notices.get(trials.heard.notices.size() - 1));
    RunEvent last = result.events().get(result.events().size() - 1);
    assertEquals("content bbbb2222, was aaaa1111", last.why());
    trials.assertReplays(run.experiment().variants().get(0), result);
  }

  @Test
  void aLongAbsenceIsAnnounced() {
    LiveRun run = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    assertTimeoutPreemptively(
        Trials.SOON,
        () -> {
          while (trials.heard.notices.isEmpty()) {
            Thread.sleep(1);
          }
        });
    assertTrue(
        trials.heard.notices.get(0).contains("waits for scheduler mine"),
        trials.heard.notices.toString());
    run.stop();
    assertEquals("interrupted", Trials.await(run).stopped());
  }

  @Test
  void aPolicyThatComesBackIsWaitedFor() {
    LiveRun run = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    VariantStatus waiting = Trials.until(run, State.WAITING);
    assertTrue(waiting.note().startsWith("waits for scheduler mine (test 1.0.0) (removed), "));
    assertEquals(Trials.AT + 1, waiting.iterations());
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    VariantResult result = Trials.await(run);
    assertEquals(List.of("plugin-lost", "plugin-back"), Trials.whats(result));
    assertEquals("", result.events().get(0).to());
    assertEquals(300, result.requestsCompleted());
    assertEquals(
        "a: goes on with scheduler mine (test 1.0.0) from iteration 41 on",
        trials.heard.notices.get(trials.heard.notices.size() - 1));
    trials.assertReplays(run.experiment().variants().get(0), result);
  }

  @Test
  void aPolicyThatDoesNotComeBackHasItsFallback() {
    PolicyChoice good = new PolicyChoice(PluginKind.SCHEDULER, "good", Parameters.NONE);
    LiveRun run = lose(new LiveSpec(List.of(), List.of(good), 0.2, 10));
    VariantResult result = Trials.await(run);
    assertEquals(List.of("plugin-lost", "fallback"), Trials.whats(result));
    assertEquals("good (test 1.0.0)", result.events().get(1).to());
    assertEquals(300, result.requestsCompleted());
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    trials.assertReplays(run.experiment().variants().get(0), result);
  }

  @Test
  void withoutFallbackTheRunStopsAndSaysHowToGoOn() {
    VariantResult result = Trials.await(lose(new LiveSpec(List.of(), List.of(), 0.2, 10)));
    assertEquals("failed", result.stopped());
    assertEquals(
        "scheduler mine (test 1.0.0) was removed before iteration 41 and is not back after 0 s; put"
            + " it back, or name another under fallback.scheduler",
        result.failure());
    assertEquals(List.of("plugin-lost"), Trials.whats(result));
  }

  @Test
  void whoWaitsCanBeGivenAnotherPolicyOrStopped() {
    LiveRun run = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    Trials.until(run, State.WAITING);
    run.swap(null, PluginKind.SCHEDULER, "good");
    VariantResult swapped = Trials.await(run);
    assertEquals(List.of("plugin-lost", "swap"), Trials.whats(swapped));
    assertEquals(300, swapped.requestsCompleted());
    LiveRun other = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    Trials.until(other, State.WAITING);
    other.stop();
    assertEquals("interrupted", Trials.await(other).stopped());
  }

  private LiveRun lose(LiveSpec live) {
    Variant variant = Live.scheduler(Live.variant("a", 300, live), "mine");
    trials.plugins.put(
        PluginKind.SCHEDULER,
        "mine",
        "1.0.0",
        trials.at(() -> trials.plugins.remove(PluginKind.SCHEDULER, "mine")));
    return trials.start(variant);
  }

  @Test
  void aRunThatEndedForALostPolicyGoesOnAsIfNothingHadHappened() {
    LiveSpec soon = new LiveSpec(List.of(), List.of(), 0.2, 10);
    Variant variant = Live.scheduler(Live.variant("a", 300, soon), "mine");
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    String whole = Live.text(trials.run(variant).get(0));
    VariantResult failed = Trials.await(lose(soon));
    assertEquals("failed", failed.stopped());
    assertEquals(List.of(), failed.swaps(), "its recording says nothing of the loss");
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    assertEquals(whole, Live.text(Trials.await(trials.start(true, variant))));

    LiveRun stopped = lose(new LiveSpec(List.of(), List.of(), 30, 10));
    Trials.until(stopped, State.WAITING);
    stopped.stop();
    assertEquals(List.of(), Trials.await(stopped).swaps());
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    assertEquals(whole, Live.text(Trials.await(trials.start(true, variant))));
  }

  @Test
  void whatIsBoundForTheRunIsKeptAndTheUserIsToldOnce() {
    Variant variant = Live.scheduler(Live.variant("a", 300, Trials.spec()), "mine");
    String source = variant.workload().source();
    kept(
        variant,
        PluginKind.REQUEST_SOURCE,
        source,
        "removed",
        () -> trials.plugins.remove(PluginKind.REQUEST_SOURCE, source));
    String memory = variant.system().memory().model();
    MemoryModel other = trials.plugins.select(PluginKind.MEMORY_MODEL, memory).service();
    kept(
        variant,
        PluginKind.MEMORY_MODEL,
        memory,
        "replaced",
        () -> trials.plugins.put(PluginKind.MEMORY_MODEL, memory, "2.0.0", other));
  }

  private <T> void kept(
      Variant variant, PluginKind<T> kind, String name, String fate, Runnable happens) {
    T before = trials.plugins.select(kind, name).service();
    trials.heard.notices.clear();
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    String undisturbed = Live.text(trials.run(variant).get(0));
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.at(happens));
    VariantResult result = trials.run(variant).get(0);
    String who = name + " (test 1.0.0)";
    assertEquals(
        List.of(
            new RunEvent(
                Trials.AT + 1,
                result.events().get(0).atSeconds(),
                "plugin-kept",
                who,
                who,
                "its bundle was " + fate)),
        result.events());
    assertEquals(
        List.of(
            "a: %s %s was %s before iteration 41; the run keeps it to its end"
                .formatted(kind.word(), who, fate)),
        trials.heard.notices);
    assertEquals(
        undisturbed.lines().limit(3).toList(), Live.text(result).lines().limit(3).toList());
    trials.plugins.put(kind, name, "1.0.0", before);
    trials.plugins.put(PluginKind.SCHEDULER, "mine", "1.0.0", trials.full);
    trials.assertReplays(variant, result);
  }
}
