// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.hw.Command;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.api.run.StreamPattern;
import org.junit.jupiter.api.Test;

/** What tells the two arbitrations of a controller apart. */
class AccessOrderTest {
  private static final MemorySpec OLDEST_FIRST = Memories.hbm2();
  private static final MemorySpec ROUND_ROBIN = Memories.referenceHbm2();
  private static final int ROW_BYTES = Memories.ORGANIZATION.rowBytes();

  private static Bench of(MemorySpec spec) {
    return new Bench(spec);
  }

  private static List<Trace.Entry> reads(Bench bench) {
    return bench.trace.of(Command.RD);
  }

  /** How often a read is of another bank than the one before. */
  private static long changes(List<Trace.Entry> reads) {
    long changes = 0;
    for (int i = 1; i < reads.size(); i++) {
      changes += bankOf(reads.get(i)) == bankOf(reads.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  private static int bankOf(Trace.Entry e) {
    return (e.rank() * 4 + e.bankGroup()) * 4 + e.bank();
  }

  @Test
  void theOldestRowIsReadToItsEndAndTheBanksInTurn() {
    Bench oldest = of(OLDEST_FIRST);
    oldest.range(false, 0, 0, 4 * ROW_BYTES);
    oldest.run();
    assertEquals(3, changes(reads(oldest)), "four rows, one after the other");

    Bench inTurn = of(ROUND_ROBIN);
    inTurn.range(false, 0, 0, 4 * ROW_BYTES);
    inTurn.run();
    assertTrue(changes(reads(inTurn)) > 16, "from bank to bank: " + changes(reads(inTurn)));
  }

  @Test
  void anOlderReadGoesFirstWhenItsRowIsOpen() {
    Bench bench = of(OLDEST_FIRST);
    bench.access(false, 0, 0, 5, 0); // opens row 5 of bank 0
    bench.session.advance(100);
    Transfer older = bench.access(false, 100, 1, 0, 0); // its row has to be opened first
    Transfer younger = bench.range(false, 100, 5L * 32 * ROW_BYTES, ROW_BYTES); // row 5 of bank 0
    bench.run();
    List<Trace.Entry> reads = reads(bench);
    int at = reads.stream().map(AccessOrderTest::bankOf).toList().indexOf(1);
    assertTrue(at > 1 && at < reads.size() - 1, "between the reads of the open row: " + at);
    long ready = bench.trace.of(Command.ACT).get(1).cycle() + Memories.TIMING.rcd();
    long next = reads.get(at - 1).cycle() + Memories.TIMING.burst();
    assertEquals(Math.max(ready, next), reads.get(at).cycle(), "as soon as it is ready");
    assertTrue(older.lastDoneCycle() < younger.lastDoneCycle());
  }

  @Test
  void rowCommandsGoBetweenReadsWhichKeepTheBusBusy() {
    Bench bench = of(OLDEST_FIRST);
    bench.stream(StreamPattern.SEQ, 512);
    bench.run();
    List<Trace.Entry> reads = reads(bench);
    long busy = 0;
    for (int i = 1; i < reads.size(); i++) {
      boolean sameRank = reads.get(i).rank() == reads.get(i - 1).rank();
      long distance = reads.get(i).cycle() - reads.get(i - 1).cycle();
      busy += sameRank && distance == Memories.TIMING.burst() ? 1 : 0;
    }
    assertTrue(busy >= 512 - 16, "reads that follow at once: " + busy);
    assertTrue(bench.count(Command.ACT) >= 32, "though rows are opened meanwhile");
  }

  @Test
  void anOpenRowIsLeftAfterItsCapWhenAnOlderAccessWantsAnother() {
    Bench bench = of(OLDEST_FIRST);
    bench.access(false, 0, 0, 5, 0);
    bench.session.advance(10);
    bench.access(false, 10, 0, 7, 0); // row 5 cannot be closed before tRAS
    bench.range(false, 10, 5L * 32 * ROW_BYTES, ROW_BYTES);
    bench.run();
    List<Trace.Entry> reads = reads(bench);
    int at = reads.stream().map(Trace.Entry::row).toList().indexOf(7);
    assertEquals(OLDEST_FIRST.controller().rowHitCap(), at, "row 5 serves its cap before row 7");
  }

  @Test
  void writesOfARowFollowEachOther() {
    Bench bench = of(OLDEST_FIRST);
    bench.range(true, 0, 0, 2 * ROW_BYTES);
    bench.run();
    bench.session.advance(5000);
    List<Trace.Entry> writes = bench.trace.of(Command.WR);
    assertEquals(32, writes.size());
    assertEquals(1, changes(writes));
  }
}
