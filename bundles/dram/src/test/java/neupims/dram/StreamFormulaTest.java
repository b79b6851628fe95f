// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.run.StreamPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams whose time or commands follow from the specification by a formula. */
class StreamFormulaTest {
  static List<MemorySpec> memories() {
    return Memories.all();
  }

  /** Where the reads of one rank cannot keep those of the other from being accepted. */
  static Stream<MemorySpec> memoriesWithoutLimit() {
    return Memories.all().stream().filter(spec -> spec.controller().maxInFlight() == 0);
  }

  /** Acceptance in the cycle of the offer, one cycle to the bank and one for the response. */
  private static long coldRead(DramTiming t) {
    return t.rcd() + t.cl() + t.burst() + 2;
  }

  @ParameterizedTest
  @MethodSource("memories")
  void aColdReadTakesActivateAndReadLatency(MemorySpec spec) {
    assertEquals(coldRead(spec.timing()), new Bench(spec).streamCycles(StreamPattern.SEQ, 1));
  }

  @ParameterizedTest
  @MethodSource("memories")
  void readsOfOneRowFollowAtTheBurstLength(MemorySpec spec) {
    int accesses = spec.organization().columns();
    long expected = coldRead(spec.timing()) + (accesses - 1L) * spec.timing().burst();
    assertEquals(expected, new Bench(spec).streamCycles(StreamPattern.ONEROW, accesses));
  }

  @ParameterizedTest
  @MethodSource("memories")
  void readsOfNewRowsOfOneBankFollowAtTheRowCycle(MemorySpec spec) {
    int accesses = 32; // before the first refresh
    long expected = coldRead(spec.timing()) + (accesses - 1L) * spec.timing().rc();
    assertEquals(expected, new Bench(spec).streamCycles(StreamPattern.SAMEBANK, accesses));
  }

  /**
   * A refresh costs at most tRFC and closing and opening again of all banks of the rank: tRAS, a
   * cycle for each precharge, tRP, tRCD.
   */
  @ParameterizedTest
  @MethodSource("memories")
  void aLongStreamReachesThePeakLessRefresh(MemorySpec spec) {
    DramTiming t = spec.timing();
    Organization o = spec.organization();
    int accesses = 32768;
    long cycles = new Bench(spec).streamCycles(StreamPattern.SEQ, accesses);
    long busCycles = (long) accesses * t.burst();
    int lost = t.rfc() + t.ras() + o.bankGroups() * o.banksPerGroup() + t.rp() + t.rcd();
    long refreshes = cycles * o.ranks() / t.refi();
    assertTrue(cycles >= busCycles, "faster than the bus: " + cycles);
    assertTrue(cycles <= busCycles + coldRead(t) + refreshes * lost, "slower: " + cycles);
  }

  /**
   * Offered as one slot, while both ranks are busy: then a refresh of one costs the bus at most the
   * precharge and the activate of a row and a bank group's turn of commands.
   */
  @ParameterizedTest
  @MethodSource("memoriesWithoutLimit")
  void aLongStreamInOneSlotHidesMostOfARefresh(MemorySpec spec) {
    DramTiming t = spec.timing();
    int accesses = 100_000;
    Bench bench = new Bench(spec);
    Transfer transfer = bench.range(false, 0, 0, accesses * spec.organization().accessBytes());
    bench.run();
    long busCycles = (long) accesses * t.burst();
    double refreshes = (double) busCycles / t.refi() * spec.organization().ranks();
    long cycles = transfer.lastDoneCycle();
    assertTrue(cycles >= busCycles, "faster than the bus: " + cycles);
    assertTrue(
        cycles <= busCycles + refreshes * (t.rp() + t.rcd() + 16) + 100, "slower: " + cycles);
  }

  /** Each row is opened once, and again at most once a refresh; what was open stays open. */
  @ParameterizedTest
  @MethodSource("memories")
  void aStreamTakesOneReadAnAccessAndOneActivateARow(MemorySpec spec) {
    Organization o = spec.organization();
    int accesses = 8192;
    Bench bench = new Bench(spec);
    bench.streamCycles(StreamPattern.SEQ, accesses);
    long rows = accesses / o.columns();
    long reopened = bench.count(Command.REF) * o.bankGroups() * o.banksPerGroup();
    assertEquals(accesses, bench.count(Command.RD));
    assertEquals(0, bench.count(Command.WR));
    assertTrue(bench.count(Command.ACT) >= rows);
    assertTrue(bench.count(Command.ACT) <= rows + reopened);
    long open = bench.count(Command.ACT) - bench.count(Command.PRE);
    assertTrue(open >= 0 && open <= o.banks(), open + " banks open");
    assertEquals((long) accesses * spec.timing().burst(), bench.session.counters().busCycles(0));
  }

  @ParameterizedTest
  @MethodSource("memories")
  void anIdleMemoryIsRefreshedAtItsInterval(MemorySpec spec) {
    Bench bench = new Bench(spec);
    int interval = spec.timing().refi() / spec.organization().ranks();
    int refreshes = 21;
    bench.session.advance((long) refreshes * interval);
    assertEquals(refreshes - 1, bench.count(Command.REF), "none before it is due");
    bench.session.advance((long) refreshes * interval + 1);
    assertEquals(refreshes, bench.count(Command.REF));
    for (int i = 0; i < refreshes; i++) {
      Trace.Entry refresh = bench.trace.of(Command.REF).get(i);
      assertEquals((i + 1L) * interval, refresh.cycle());
      assertEquals(i % spec.organization().ranks(), refresh.rank());
    }
  }

  @ParameterizedTest
  @MethodSource("memories")
  void ranksAreRefreshedOnceAnIntervalIdleOrBusy(MemorySpec spec) {
    DramTiming t = spec.timing();
    for (int accesses : new int[] {0, 50_000}) {
      Bench bench = new Bench(spec);
      if (accesses > 0) {
        bench.stream(StreamPattern.SEQ, accesses);
      }
      int intervals = 10;
      bench.session.advance((long) intervals * t.refi() + t.refi() / 8);
      assertEquals(intervals * spec.organization().ranks(), bench.count(Command.REF));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = StreamPattern.class,
      names = {"SEQ", "BGRR", "BANKRR"})
  void aBusyMemoryIsRefreshedAsOftenAsAnIdleOne(StreamPattern pattern) {
    Bench bench = new Bench(Memories.hbm2());
    bench.streamCycles(pattern, 16384);
    int interval = Memories.TIMING.refi() / Memories.ORGANIZATION.ranks();
    assertEquals(
        bench.session.now() / interval, bench.count(Command.REF), 1, "one may be under way");
  }

  /** The buffer takes so many a cycle; a write is acknowledged the cycle after its acceptance. */
  @ParameterizedTest
  @MethodSource("memories")
  void writesThatFitTheBufferAreAcceptedAsFastAsOffered(MemorySpec spec) {
    int offers = spec.controller().offersPerCycle();
    for (int writes = 1; writes <= spec.controller().writeQueue(); writes++) {
      long expected = (writes + offers - 1) / offers + 1;
      assertEquals(expected, new Bench(spec).streamCycles(StreamPattern.SEQWRITE, writes));
    }
  }

  @ParameterizedTest
  @MethodSource("memories")
  void aReadOfABufferedWriteIsAnsweredFromTheBuffer(MemorySpec spec) {
    Bench bench = new Bench(spec);
    bench.access(true, 0, 0, 0, 0);
    Transfer read = bench.access(false, 3, 0, 0, 0);
    bench.run();
    assertEquals(3 + 2, read.lastDoneCycle(), "accepted when offered, a cycle to answer");
    assertEquals(0, bench.count(Command.RD));
  }
}
