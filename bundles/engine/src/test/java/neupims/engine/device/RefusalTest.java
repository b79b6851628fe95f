// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import static neupims.engine.device.Bench.plan;
import static neupims.engine.device.Bench.tile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.NpuTile;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.hw.Organization;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;
import neupims.api.program.Tensor;
import org.junit.jupiter.api.Test;

/** What stops before cycle 0, and what runs although it is too much. */
class RefusalTest {
  @Test
  void pimWorkOnAMemoryWithoutPimIsRefused() {
    var bench = new Bench().on(new StreamMemory(false, false)).attend("a", residents(1, 64));
    refused(bench, "no PIM");
  }

  @Test
  void aChannelThatTheMemoryDoesNotHaveIsRefused() {
    var bench = new Bench().attend("a", List.of(new Resident(7, 32, 64)));
    refused(bench, "request 7 is in channel 32");
  }

  @Test
  void aRequestThatExceedsAChannelIsRefused() {
    var bench = new Bench().attend("a", residents(1, 4_000_000));
    refused(bench, "tiles");
  }

  @Test
  void anOperandBeyondItsTensorIsRefused() {
    NpuTile tile = new NpuTile();
    tile.step(Unit.MATRIX, tile.load(0, Bench.GIGA, 64), -1, -1, 0, 0, 1, 1);
    refused(new Bench().npu("t", plan(tile)), "tensor in");
  }

  @Test
  void tensorsThatExceedTheMemoryAreRefused() {
    var small = new Organization(32, 2, 4, 4, 16, 1024, 64); // 16 MiB
    var tensor = new Tensor("w", (16L << 20) + 1, Tensor.Kind.WEIGHT);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> MemoryMap.of(small, List.of(tensor), false));
    assertTrue(e.getMessage().contains("16777216"), e.getMessage());
  }

  @Test
  void anOverCommittedChannelRuns() {
    // 32,768 tiles a channel less 2,048 of the tensors; a request of 64,000 tokens takes 8,000.
    List<Resident> residents = residents(8, 64_000);
    var report = new Bench().attend("a", residents).run();
    long each = StreamMemory.gemvCycles(residents.get(0), AttentionShape.multiHead(8, 128));
    assertTrue(report.blockCycles() >= 8 * each);
  }

  @Test
  void aMemoryThatNeverAnswersIsNamedWithStageAndCycle() {
    var bench = new Bench().on(new SilentMemory()).npu("t", plan(tile(Unit.MATRIX, 1, 0, 1, 1, 0)));
    var e = assertThrows(IllegalStateException.class, bench::run);
    assertTrue(e.getMessage().contains("stage A") && e.getMessage().contains("cycle 0"));
  }

  @Test
  void anEmptyProgramTakesNoTime() {
    assertEquals(0, new Bench().stage("A").run().blockCycles());
  }

  private static void refused(Bench bench, String why) {
    var e = assertThrows(IllegalArgumentException.class, bench::run);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static List<Resident> residents(int count, int tokens) {
    List<Resident> residents = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      residents.add(new Resident(r, 0, tokens));
    }
    return residents;
  }
}
