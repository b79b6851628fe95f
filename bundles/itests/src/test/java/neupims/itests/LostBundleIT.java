// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.Plugins;
import neupims.api.run.RunEvent;
import neupims.api.run.RunLogs;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles that go while a run of the command-level device uses them. */
@ExtendWith(InContainer.class)
public class LostBundleIT extends LiveRunCase {
  @Inject private RunLogs logs;
  @Inject private Plugins plugins;

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
}
