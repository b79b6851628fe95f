// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.PluginKind;
import neupims.api.run.RunEvent;
import neupims.api.run.RunObserver;
import neupims.api.run.VariantResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;

/** Bundles that come, change, throw and hang under a run of the command-level device. */
@ExtendWith(InContainer.class)
public class LiveRunIT extends LiveRunCase {
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
