// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.DramTiming;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import org.junit.jupiter.api.Test;

class ClosedFormTest {
  private static final DramTiming T = TestMemories.TIMING;

  private static MemorySession plain() {
    MemorySpec spec = TestMemories.memory("plain", T, 0, null);
    return TestMemories.open(spec, CommandSink.NONE);
  }

  @Test
  void aColdReadTakesActivateReadAndTwoCyclesOfQueueing() {
    MemorySession session = plain();
    Transfer transfer = Work.offer(session, "seq", 1);
    Work.run(session);
    assertEquals(T.rcd() + T.cl() + T.burst() + 2, transfer.lastDoneCycle());
  }

  @Test
  void missesOfOneBankAreARowCycleApart() {
    MemorySession session = plain();
    Transfer transfer = Work.offer(session, "samebank", 10);
    Work.run(session);
    assertEquals(32 + 9L * T.rc(), transfer.lastDoneCycle());
  }

  @Test
  void aLongStreamReachesThePeakMinusRefresh() {
    int requests = 100_000;
    MemorySession session = plain();
    Transfer transfer = new Transfer(false, 1);
    transfer.add(0, 0, requests * 64);
    session.submit(transfer, 0, 1);
    Work.run(session);
    double peak = (double) requests * T.burst();
    // Both ranks busy: a refresh of one costs the bus at most its precharges and activates.
    double refreshes = peak / T.refi() * 2;
    assertTrue(transfer.lastDoneCycle() >= peak);
    assertTrue(transfer.lastDoneCycle() <= peak + refreshes * (T.rp() + T.rcd() + 16) + 100);
  }

  @Test
  void ranksAreRefreshedOnceAnIntervalIdleOrBusy() {
    for (int requests : new int[] {0, 50_000}) {
      MemorySession session = plain();
      if (requests > 0) {
        Work.offer(session, "seq", requests);
      }
      session.advance(39_500);
      assertEquals(20, session.counters().commands(Command.REF));
    }
  }

  @Test
  void aGemvOpensEveryTileOnceInAllBanks() {
    MemorySession session = TestMemories.open(TestMemories.named("pim-neupims"), CommandSink.NONE);
    Work.offer(session, GemvBatch.Kind.LOGIT, 320, 8, 128, 0);
    Work.run(session);
    long tiles = 2 * 10; // two row-fulls of heads, ten tiles of tokens
    assertEquals(tiles * 8, session.counters().commands(Command.PIM_ACT));
    assertEquals(tiles * 4 * 8, session.counters().commands(Command.PIM_COMP));
    assertEquals(tiles * 4, session.counters().commands(Command.PIM_RDRES));
    assertEquals((tiles - 1) * 32, session.counters().commands(Command.PIM_PRE));
    assertEquals(2, session.counters().commands(Command.GWRITE));
    assertEquals(tiles * 4 * 8 * 2, session.counters().pimComputeCycles(0));
  }

  @Test
  void rowsHeldWhileComputingDelayAShortGemvByItsSteps() {
    MemorySpec spec = TestMemories.named("pim-neupims");
    long[] cycles = new long[2];
    for (boolean holds : new boolean[] {false, true}) {
      var p = TestMemories.NEUPIMS;
      var pim =
          new neupims.api.hw.PimSpec(
              p.dualRowBuffer(),
              p.compositeCommands(),
              p.blocked(),
              p.banksPerActivate(),
              p.multipliersPerBank(),
              p.computeInterval(),
              p.minComputeSteps(),
              p.resultDelay(),
              p.gwriteTime(),
              p.computeToGwrite(),
              p.computeToRead(),
              p.computeToPrecharge(),
              p.bufferToBuffer(),
              holds,
              p.pimQueue(),
              p.operandBank(),
              p.operandRows(),
              p.accessIntervalWhileWaiting(),
              p.energy());
      MemorySession session =
          TestMemories.open(TestMemories.memory("pim", spec.timing(), 0, pim), CommandSink.NONE);
      GemvBatch batch = Work.offer(session, GemvBatch.Kind.LOGIT, 32, 1, 128, 0);
      Work.run(session);
      cycles[holds ? 1 : 0] = batch.lastDoneCycle();
    }
    assertEquals(8 * 2, cycles[1] - cycles[0]);
  }

  @Test
  void writesAreAcknowledgedTheCycleAfterTheyAreAccepted() {
    MemorySession session = plain();
    Transfer transfer = Work.offer(session, "seqwrite", 2);
    Work.run(session);
    assertEquals(2, transfer.lastDoneCycle());
  }

  @Test
  void aReadOfABufferedWriteIsAnsweredFromTheBuffer() {
    MemorySession session = plain();
    Transfer write = new Transfer(true, 1);
    write.add(0, 0, 64);
    Transfer read = new Transfer(false, 1);
    read.add(3, 0, 64);
    session.submit(write, 0, 1);
    session.submit(read, 0, 1);
    Work.run(session);
    assertEquals(5, read.lastDoneCycle());
    assertEquals(0, session.counters().commands(Command.RD));
  }
}
