// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.SubBatchPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that are damaged, of something else, or of what has changed meanwhile. */
class EarlierJournalTest {
  @TempDir private Path directory;
  private EndingRuns runs;

  @BeforeEach
  void runs() {
    runs = new EndingRuns(directory);
  }

  @Test
  void ofAJournalThatWasCutShortWhatIsWholeIsUsed() throws IOException {
    Variant variant = EndingRuns.variants().get("swaps");
    String whole = EndingRuns.text(runs.run(variant, false));
    long all = runs.simulated.get();
    runs.breaksAt = 9;
    runs.run(variant, false);
    runs.breaksAt = Long.MAX_VALUE;
    byte[] journal = Files.readAllBytes(runs.journal());
    long least = all;
    for (int length = EndingRuns.headBytes(journal); length < journal.length; length += 7) {
      Files.createDirectories(runs.journal().getParent());
      Files.write(runs.journal(), Arrays.copyOf(journal, length));
      assertEquals(whole, EndingRuns.text(runs.run(variant, true)), length + " bytes");
      assertTrue(runs.simulated.get() <= least, "the longer the journal the less is simulated");
      assertTrue(runs.simulated.get() > all - 8);
      least = runs.simulated.get();
    }
    assertEquals(all - 7, least);
  }

  @Test
  void ofADamagedJournalWhatComesBeforeIsUsed() throws IOException {
    Variant variant = EndingRuns.variants().get("separate");
    String whole = EndingRuns.text(runs.run(variant, false));
    runs.breaksAt = 9;
    runs.run(variant, false);
    runs.breaksAt = Long.MAX_VALUE;
    byte[] journal = Files.readAllBytes(runs.journal());
    for (int at = EndingRuns.headBytes(journal); at < journal.length; at += 5) {
      byte[] damaged = journal.clone();
      damaged[at] ^= 0x10;
      Files.createDirectories(runs.journal().getParent());
      Files.write(runs.journal(), damaged);
      assertEquals(whole, EndingRuns.text(runs.run(variant, true)), "byte " + at);
      boolean said =
          runs.heard.notices.isEmpty()
              || runs.heard.notices.get(0).endsWith(", whose end is missing");
      assertTrue(said, runs.heard.notices.toString());
    }
  }

  @Test
  void whatIsNoJournalIsRefused() throws IOException {
    Variant variant = EndingRuns.variants().get("plain");
    Files.createDirectories(runs.journal().getParent());
    for (String text : new String[] {"", "no journal", "x".repeat(10_000)}) {
      Files.writeString(runs.journal(), text);
      runs.refused(variant, "not a journal of a run");
      assertEquals(text, Files.readString(runs.journal()), "it is left as it is");
    }
  }

  @Test
  void otherHardwareAndOtherVariantsAreRefusedBeforeAnythingRuns() throws IOException {
    Variant variant = EndingRuns.variants().get("plain");
    runs.breaksAt = 5;
    runs.run(variant, false);
    runs.breaksAt = Long.MAX_VALUE;
    runs.refused(Live.variant("other", 60, LiveSpec.NONE), "of variant plain, not other");
    runs.plugins.put(
        PluginKind.NPU_MODEL,
        "npu",
        "2.0.0",
        runs.plugins.select(PluginKind.NPU_MODEL, "x").service());
    runs.refused(variant, "made with npu-model npu (test 1.0.0), now npu-model npu (test 2.0.0)");
  }

  @Test
  void anotherEngineAndModelsOfOtherContentAreRefused() {
    Variant variant = EndingRuns.variants().get("plain");
    runs.plugins.content("npu", "aaaa");
    runs.breaksAt = 5;
    runs.run(variant, false);
    runs.breaksAt = Long.MAX_VALUE;
    runs.plugins.content("npu", "bbbb");
    runs.refused(
        variant,
        "made with npu-model npu (test 1.0.0, content aaaa), now npu-model npu (test 1.0.0, content"
            + " bbbb)");
    runs.plugins.content("npu", "aaaa").engine("engine 1.0.0 (1)");
    runs.refused(variant, "simulated by engine 1.0.0 (0), now engine 1.0.0 (1); remove it");
    runs.plugins.engine("engine 1.0.0 (0)");
    assertEquals("completed", runs.run(variant, true).stopped());
  }

  @Test
  void aPolicyOfAnotherVersionMayGoOnAsLongAsItDoesTheSame() {
    Variant variant = Live.policies(EndingRuns.variants().get("plain"), "mine");
    String whole = EndingRuns.text(runs.run(variant, false));
    runs.breaksAt = 5;
    runs.run(variant, false);
    runs.breaksAt = Long.MAX_VALUE;
    runs.plugins.put(
        PluginKind.SPLIT, "mine", "2.0.0", runs.plugins.select(PluginKind.SPLIT, "x").service());
    VariantResult resumed = runs.run(variant, true);
    assertEquals("completed", resumed.stopped());
    String warning =
        "plain: warning: the run began with split mine (test 1.0.0), now split mine (test 2.0.0)";
    assertTrue(runs.heard.notices.get(0).startsWith(warning), runs.heard.notices.toString());
    assertNotEquals(whole, EndingRuns.text(resumed));
    assertEquals(whole, EndingRuns.text(resumed).replace("version=2.0.0", "version=1.0.0"));
  }

  @Test
  void aPolicyThatDecidesOtherwiseIsNamedWithTheIterationAndTheJournalIsKept() throws IOException {
    Variant variant = Live.policies(EndingRuns.variants().get("plain"), "mine");
    runs.breaksAt = 5;
    runs.run(variant, false);
    runs.breaksAt = Long.MAX_VALUE;
    byte[] before = Files.readAllBytes(runs.journal());
    SubBatchPolicy backwards = runs.plugins.select(PluginKind.SPLIT, "backwards").service();
    SubBatchPolicy same = runs.plugins.select(PluginKind.SPLIT, "x").service();
    SubBatchPolicy other = state -> (state.iteration() < 2 ? same : backwards).split(state);
    runs.plugins.put(PluginKind.SPLIT, "mine", "2.0.0", other);
    VariantResult result = runs.run(variant, true);
    assertEquals("failed", result.stopped());
    for (String words :
        new String[] {
          "iteration 2 is not", "split mine (test 1.0.0), now split mine (test 2.0.0)"
        }) {
      assertTrue(result.failure().contains(words), result.failure());
    }
    assertEquals(0, runs.simulated.get());
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(runs.journal())));
  }

  @Test
  void filesOfOthersInItsFolderAreLeftAlone() throws IOException {
    Files.createDirectories(runs.journal().getParent());
    Path note = Files.writeString(runs.journal().resolveSibling("note.txt"), "mine");
    assertEquals("completed", runs.run(EndingRuns.variants().get("plain"), false).stopped());
    assertEquals("mine", Files.readString(note));
    assertFalse(Files.exists(runs.journal()));
  }
}
