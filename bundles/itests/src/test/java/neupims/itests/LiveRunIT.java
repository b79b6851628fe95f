// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.inject.Inject;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.RunEvent;
import neupims.api.run.RunLogs;
import neupims.api.run.RunObserver;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles that come, go, change, throw and hang under a run of the command-level device. */
@ExtendWith(InContainer.class)
public class LiveRunIT {
  private static final int REQUESTS = 40;

  /** Where the last experiment lies. */
  private Path inputs;

  @Inject private BundleContext context;
  @Inject private Catalog catalog;
  @Inject private Simulation simulation;
  @Inject private RunLogs logs;
  @Inject private Plugins plugins;

  @Test
  public void aBundleThatArrivesCanTakeOver() throws Exception {
    LiveRun run = paused(experiment("orca"));
    Bundle late = install("late", "1.2.3");
    run.swap(null, PluginKind.SCHEDULER, "late");
    VariantResult result = resumed(run);
    RunEvent event = result.events().get(0);
    assertEquals("swap", event.what());
    assertTrue(event.from().startsWith("orca (neupims.batch-orca "), event.from());
    assertEquals("late (dropped.late 1.2.3)", event.to());
    assertReplays(run.experiment(), result);
    late.uninstall();
  }

  @Test
  public void aBundleThatIsReplacedIsSwappedLiveAndBothVersionsReplay() throws Exception {
    Bundle mine = install("mine", "1.0.0");
    LiveRun run = paused(experiment("mine"));
    mine.update(DropIns.scheduler("mine", "2.0.0"));
    VariantResult result = resumed(run);
    assertEquals(List.of("plugin-updated"), whats(result));
    assertEquals("mine (dropped.mine 1.0.0)", result.events().get(0).from());
    assertEquals("mine (dropped.mine 2.0.0)", result.events().get(0).to());
    Bundle old = context.installBundle("old", DropIns.scheduler("mine", "1.0.0"));
    old.start();
    assertReplays(run.experiment(), result);
    old.uninstall();
    mine.uninstall();
  }

  @Test
  public void aBundleThatIsRemovedIsWaitedForUntilItIsBack() throws Exception {
    Bundle mine = install("gone", "1.0.0");
    LiveRun run = paused(experiment("gone"));
    mine.uninstall();
    run.resume();
    until(run, State.WAITING);
    String note = run.status().get(0).note();
    assertTrue(note.startsWith("waits for scheduler gone (dropped.gone 1.0.0) (removed), "), note);
    Bundle back = install("gone", "1.0.0");
    VariantResult result = run.await().variants().get(0);
    assertServed(result);
    assertEquals(List.of("plugin-lost", "plugin-back"), whats(result));
    assertReplays(run.experiment(), result);
    back.uninstall();
  }

  @Test
  public void aBundleThatStaysAwayHasItsFallback() throws Exception {
    Bundle mine = install("away", "1.0.0");
    LiveRun run =
        paused(experiment("away", "limits.pluginWaitSeconds=0.3", "fallback.scheduler=vllm"));
    mine.uninstall();
    VariantResult result = resumed(run);
    assertEquals(List.of("plugin-lost", "fallback"), whats(result));
    assertTrue(result.events().get(1).to().startsWith("vllm ("));
  }

  @Test
  public void aBundleThatStaysAwayStopsTheRunAndOnlyThat() throws Exception {
    Bundle mine = install("lost", "1.0.0");
    Experiment two = experiment(List.of("lost", "orca"), "limits.pluginWaitSeconds=0.3");
    LiveRun run = paused(two);
    mine.uninstall();
    run.resume();
    List<VariantResult> results = run.await().variants();
    assertEquals("failed", results.get(0).stopped());
    String failure = results.get(0).failure();
    assertTrue(failure.contains("scheduler lost (dropped.lost 1.0.0) was removed"), failure);
    assertServed(results.get(1));
  }

  @Test
  public void aRunThatABundleStoppedGoesOnToTheBytesOfOneThatNothingStopped() throws Exception {
    Bundle mine = install("resumed", "1.0.0");
    Experiment experiment = experiment("resumed", "limits.pluginWaitSeconds=0.3");
    SavedRuns runs = new SavedRuns(simulation, logs, plugins);
    Path whole = Files.createDirectory(inputs.resolve("whole"));
    assertServed(runs.start(experiment, whole, false).await().variants().get(0));

    Path part = Files.createDirectory(inputs.resolve("part"));
    SavedRuns.Saved saved = runs.start(experiment, part, false);
    until(saved.live(), status -> status.iterations() > 5);
    saved.live().pause();
    until(saved.live(), State.PAUSED);
    mine.uninstall();
    saved.live().resume();
    VariantResult failed = saved.await().variants().get(0);
    assertEquals("failed", failed.stopped());
    assertEquals(List.of("plugin-lost"), whats(failed));
    assertTrue(Files.size(part.resolve("journal/0.journal")) > 1000, "what it has done is there");

    Bundle back = install("resumed", "1.0.0");
    Experiment recorded = catalog.experiment(part.resolve("recording.json"), List.of());
    SavedRuns.Saved resumed = runs.start(recorded, part, true);
    assertServed(resumed.await().variants().get(0));
    String notice = resumed.notices().get(0);
    assertTrue(notice.startsWith("resumed: goes on after "), notice);
    assertEquals(SavedRuns.result(whole), SavedRuns.result(part));
    for (String file : List.of("recording.json", "requests.csv", "iterations.csv")) {
      assertEquals(-1, Files.mismatch(whole.resolve(file), part.resolve(file)), file);
    }
    assertFalse(Files.exists(part.resolve("journal")));
    back.uninstall();
  }

  @Test
  public void linksWhoseBundleGoesAreKeptToTheEndOfTheRun() throws Exception {
    Bundle links = context.installBundle("links", DropIns.link("links", "1.0.0"));
    links.start();
    Experiment experiment = experiment("orca", "tp=2", "interconnect.model=links");
    SavedRuns runs = new SavedRuns(simulation, logs, plugins);
    Path first = Files.createDirectory(inputs.resolve("first"));
    SavedRuns.Saved saved = runs.start(experiment, first, false);
    saved.live().pause();
    until(saved.live(), State.PAUSED);
    links.uninstall();
    refreshed(links);
    saved.live().resume();
    VariantResult result = saved.await().variants().get(0);
    assertServed(result);
    assertEquals(List.of("plugin-kept"), whats(result));
    RunEvent event = result.events().get(0);
    assertEquals("links (dropped.links 1.0.0)", event.to());
    assertEquals("its bundle was removed", event.why());
    assertTrue(saved.notices().get(0).contains("the run keeps it"), saved.notices().toString());

    Bundle back = context.installBundle("links", DropIns.link("links", "1.0.0"));
    back.start();
    Path second = Files.createDirectory(inputs.resolve("second"));
    Experiment recorded = catalog.experiment(first.resolve("recording.json"), List.of());
    runs.start(recorded, second, false).await();
    assertEquals(SavedRuns.result(first), SavedRuns.result(second));
    back.uninstall();
  }

  /** Waits until the framework has let go of what was uninstalled. */
  private void refreshed(Bundle gone) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            List.of(gone),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
              }
            });
    assertTrue(done.await(60, TimeUnit.SECONDS));
  }

  @Test
  public void aBundleThatThrowsIsNamedItsCallSavedAndThePlatformLives() throws Exception {
    for (String does : List.of("throws", "lies")) {
      Bundle bad = install("bad", "1.0.0", does);
      Path folder = Files.createTempDirectory("neupims-");
      List<VariantResult> results =
          simulation.run(experiment(List.of("bad", "orca")), new In(folder)).variants();
      String failure = results.get(0).failure();
      String words = "scheduler bad (dropped.bad 1.0.0), at iteration 9: ";
      assertTrue(failure.startsWith(words), failure);
      assertTrue(failure.contains("failures/bad-scheduler-9.json"), failure);
      String saved = Files.readString(folder.resolve("failures/bad-scheduler-9.json"));
      assertTrue(saved.contains("dropped.bad"), saved);
      assertServed(results.get(1));
      VariantResult rescued = run(experiment("bad", "fallback.scheduler=orca"));
      assertServed(rescued);
      assertEquals(List.of("policy-failed"), whats(rescued));
      bad.uninstall();
    }
    assertServed(run(experiment("orca")));
  }

  @Test
  public void aBundleThatHangsIsLeftBehind() throws Exception {
    Bundle bad = install("hang", "1.0.0", "hangs");
    Experiment experiment =
        experiment("hang", "limits.policySeconds=0.3", "fallback.scheduler=orca");
    VariantResult result = run(experiment);
    assertServed(result);
    assertEquals(List.of("timeout"), whats(result));
    assertEquals("did not return within 0.3 s", result.events().get(0).why());
    assertReplays(experiment, result);
    List<VariantResult> without =
        simulation
            .run(experiment(List.of("hang", "orca"), "limits.policySeconds=0.3"), RunObserver.NONE)
            .variants();
    assertEquals("failed", without.get(0).stopped());
    assertServed(without.get(1));
    bad.uninstall();
  }

  private Bundle install(String name, String version) throws BundleException {
    return install(name, version, "plans");
  }

  private Bundle install(String name, String version, String does) throws BundleException {
    Bundle bundle = context.installBundle(name, DropIns.scheduler(name, version, 9, does));
    bundle.start();
    return bundle;
  }

  private Experiment experiment(String scheduler, String... settings) throws IOException {
    return experiment(List.of(scheduler), settings);
  }

  /** A variant for each scheduler, called after it. */
  private Experiment experiment(List<String> schedulers, String... settings) throws IOException {
    inputs = Files.createTempDirectory("neupims-");
    Files.writeString(
        inputs.resolve("model.json"),
        "{\"layers\": 2, \"heads\": 4, \"embedding\": 256, \"feedForward\": 1024, \"vocabulary\":"
            + " 100, \"maxPositions\": 128}");
    StringBuilder trace = new StringBuilder("arrival_seconds,prompt_tokens,output_tokens\n");
    for (int i = 0; i < REQUESTS; i++) {
      trace.append("0,").append(3 + i % 50).append(',').append(1 + i % 13).append('\n');
    }
    Files.writeString(inputs.resolve("trace.csv"), trace);
    List<String> variants = new ArrayList<>();
    for (String scheduler : schedulers) {
      variants.add(
          "{\"name\": \"%s\", \"set\": {\"scheduler\": \"%s\"}}".formatted(scheduler, scheduler));
    }
    Path file = inputs.resolve("live.json");
    Files.writeString(
        file,
        "{\"model\": \"model.json\", \"batch\": 8, \"workload\": {\"source\": \"trace\", \"file\":"
            + " \"trace.csv\"}, \"variants\": "
            + variants
            + "}");
    List<Setting> set = new ArrayList<>();
    for (String setting : settings) {
      String[] pair = setting.split("=");
      set.add(new Setting(pair[0], pair[1], "--set"));
    }
    return catalog.experiment(file, set);
  }

  private VariantResult run(Experiment experiment) {
    return simulation.run(experiment, RunObserver.NONE).variants().get(0);
  }

  private LiveRun paused(Experiment experiment) throws InterruptedException {
    LiveRun run = simulation.start(experiment, RunObserver.NONE);
    run.pause();
    until(run, State.PAUSED);
    return run;
  }

  private static VariantResult resumed(LiveRun run) throws InterruptedException {
    run.resume();
    VariantResult result = run.await().variants().get(0);
    assertServed(result);
    return result;
  }

  private static void until(LiveRun run, State state) throws InterruptedException {
    until(run, status -> status.state() == state);
  }

  private static void until(LiveRun run, Predicate<VariantStatus> wanted)
      throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!wanted.test(run.status().get(0))) {
      assertTrue(System.nanoTime() < limit, () -> run.status().toString());
      Thread.sleep(5);
    }
  }

  private static void assertServed(VariantResult result) {
    assertNull(result.failure());
    assertEquals(REQUESTS, result.requestsCompleted());
  }

  private static List<String> whats(VariantResult result) {
    return result.events().stream().map(RunEvent::what).toList();
  }

  /** The same happens again, to the last figure. */
  private void assertReplays(Experiment experiment, VariantResult result) throws IOException {
    Path file = inputs.resolve("recording.json");
    Files.writeString(file, catalog.recording(experiment, List.of(result.swaps())));
    VariantResult again = run(catalog.experiment(file, List.of()));
    assertEquals(result.events(), again.events());
    assertEquals(result.swaps(), again.swaps());
    assertEquals(result.serving(), again.serving());
    assertEquals(result.iterations(), again.iterations());
    assertEquals(result.utilization(), again.utilization());
    assertEquals(result.plugins(), again.plugins());
  }

  /** Keeps files. */
  private record In(Path folder) implements RunObserver {
    @Override
    public void progress(String variant, long done, long of) {}

    @Override
    public Optional<Path> directory() {
      return Optional.of(folder);
    }
  }
}
