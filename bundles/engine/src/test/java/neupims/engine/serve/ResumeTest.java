// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import neupims.api.run.PluginKind;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.SubBatchPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end early and go on from their journals. */
class ResumeTest {
  @TempDir private Path directory;
  private EndingRuns runs;

  @BeforeEach
  void runs() {
    runs = new EndingRuns(directory);
  }

  @Test
  void aRunThatBrokeGoesOnWhereItBrokeAndGivesTheSame() throws IOException {
    for (Map.Entry<String, Variant> kind : EndingRuns.variants().entrySet()) {
      String whole = EndingRuns.text(runs.run(kind.getValue(), false));
      List<Object> wholeLines = runs.lines();
      long all = runs.simulated.get();
      assertTrue(all >= 3, kind.getKey());
      assertFalse(Files.exists(runs.journal()), "a complete run keeps no journal");
      for (long at : new long[] {1, 2, all / 2, all}) {
        runs.breaksAt = at;
        assertEquals("failed", runs.run(kind.getValue(), false).stopped());
        assertTrue(Files.exists(runs.journal()) || at == 0, kind.getKey());
        runs.breaksAt = Long.MAX_VALUE;
        VariantResult resumed = runs.run(kind.getValue(), true);
        assertEquals(whole, EndingRuns.text(resumed), kind.getKey() + " at " + at);
        assertEquals(wholeLines, runs.lines(), kind.getKey() + " at " + at);
        assertEquals(all - (at - 1), runs.simulated.get(), kind.getKey() + " at " + at);
        assertFalse(Files.exists(runs.journal()));
      }
    }
  }

  @Test
  void aRunMayBreakAgainAndAgain() {
    Variant variant = EndingRuns.variants().get("all");
    String whole = EndingRuns.text(runs.run(variant, false));
    long all = runs.simulated.get();
    runs.breaksAt = 4;
    runs.run(variant, false);
    for (int i = 0; i < 5; i++) {
      assertEquals("failed", runs.run(variant, true).stopped());
      assertEquals(4, runs.simulated.get());
    }
    runs.breaksAt = Long.MAX_VALUE;
    assertEquals(whole, EndingRuns.text(runs.run(variant, true)));
    assertEquals(all - 18, runs.simulated.get());
  }

  @Test
  void aRunThatWasStoppedGoesOn() {
    for (Map.Entry<String, Variant> kind : EndingRuns.variants().entrySet()) {
      String whole = EndingRuns.text(runs.run(kind.getValue(), false));
      long all = runs.simulated.get();
      runs.stopsAt = 2;
      assertEquals("interrupted", runs.run(kind.getValue(), false).stopped(), kind.getKey());
      long before = runs.simulated.get();
      runs.stopsAt = Long.MAX_VALUE;
      assertEquals(whole, EndingRuns.text(runs.run(kind.getValue(), true)), kind.getKey());
      assertEquals(all - before, runs.simulated.get(), kind.getKey());
      assertEquals(
          List.of(kind.getValue().name() + ": goes on after " + before + " answers of its journal"),
          runs.heard.notices);
    }
  }

  @Test
  void aRunWhosePolicyFailedGoesOnWhenItIsMended() {
    Variant variant = Live.policies(EndingRuns.variants().get("replicas"), "mine");
    SubBatchPolicy mended = runs.plugins.select(PluginKind.SPLIT, "x").service();
    SubBatchPolicy broken =
        state -> {
          if (state.iteration() == 6) {
            throw new IllegalStateException("not this one");
          }
          return mended.split(state);
        };
    runs.plugins.put(PluginKind.SPLIT, "mine", "1.0.0", mended);
    String whole = EndingRuns.text(runs.run(variant, false));
    long all = runs.simulated.get();
    runs.plugins.put(PluginKind.SPLIT, "mine", "1.0.0", broken);
    VariantResult failed = runs.run(variant, false);
    assertEquals("failed", failed.stopped());
    assertTrue(failed.failure().contains("not this one"), failed.failure());
    long before = runs.simulated.get();
    runs.plugins.put(PluginKind.SPLIT, "mine", "1.0.0", mended);
    assertEquals(whole, EndingRuns.text(runs.run(variant, true)));
    assertEquals(all - before, runs.simulated.get());
  }

  @Test
  void withoutAJournalTheRunBeginsAnew() {
    Variant variant = EndingRuns.variants().get("plain");
    String whole = EndingRuns.text(runs.run(variant, false));
    long all = runs.simulated.get();
    assertEquals(whole, EndingRuns.text(runs.run(variant, true)));
    assertEquals(all, runs.simulated.get());
  }

  @Test
  void aRunThatDoesNotResumeForgetsTheJournalThatIsThere() {
    Variant variant = EndingRuns.variants().get("plain");
    String whole = EndingRuns.text(runs.run(variant, false));
    long all = runs.simulated.get();
    runs.breaksAt = 5;
    runs.run(variant, false);
    runs.breaksAt = Long.MAX_VALUE;
    assertEquals(whole, EndingRuns.text(runs.run(variant, false)));
    assertEquals(all, runs.simulated.get());
  }
}
