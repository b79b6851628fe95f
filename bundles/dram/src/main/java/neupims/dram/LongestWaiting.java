// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/** Finds the bank whose run has waited longest at the banks of a channel. */
final class LongestWaiting {
  private static final long NEVER = Long.MAX_VALUE;

  private final Geometry geometry;
  private final BankState banks;
  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final RowCommands rows;

  LongestWaiting(
      Geometry geometry, BankState banks, BankQueues queues, MemArbiter arbiter, RowCommands rows) {
    this.geometry = geometry;
    this.banks = banks;
    this.queues = queues;
    this.arbiter = arbiter;
    this.rows = rows;
  }

  /** The bank to be read or written in the given cycle, or -1. */
  int column(long cycle) {
    arbiter.at(cycle);
    int reader = first(arbiter.readableNow(cycle), arbiter.readRun);
    int writer = first(arbiter.writableNow(cycle), arbiter.writeRun);
    if (writer < 0 || reader < 0) {
      return Math.max(reader, writer);
    }
    long readAge = queues.age[arbiter.readRun[reader]];
    return readAge < queues.age[arbiter.writeRun[writer]] ? reader : writer;
  }

  /** The bank to be read in the given cycle, while nothing but reads of a rank can issue, or -1. */
  int read(int rank, long cycle) {
    arbiter.at(cycle);
    arbiter.ripen(cycle);
    return first(arbiter.readable(rank), arbiter.readRun);
  }

  /** The bank to be activated or precharged in the given cycle, or -1. */
  int row(long cycle) {
    arbiter.at(cycle);
    long ready = rows.ready(cycle);
    int first = -1;
    long age = NEVER;
    for (long m = ready; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      long other = queues.age[queues.front(bank)];
      if (other < age) {
        age = other;
        first = bank;
      }
    }
    return first;
  }

  private int first(long ready, int[] runs) {
    int first = -1;
    long age = NEVER;
    for (long m = ready; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      long other = queues.age[runs[bank]];
      if (other < age) {
        age = other;
        first = bank;
      }
    }
    return first;
  }

  /** The earliest cycle at which a bank of a rank that is held back could be read before a run. */
  long readBefore(int run, int rank) {
    return before(run, arbiter.readsHeld() & geometry.rankBanks[rank], arbiter.readRun);
  }

  /** The earliest cycle at which a bank that is held back could be written before a run. */
  long writeBefore(int run) {
    return before(run, arbiter.writesHeld(), arbiter.writeRun);
  }

  private long before(int run, long held, int[] runs) {
    long soonest = NEVER;
    for (long m = held; m != 0; m &= m - 1) {
      int bank = Long.numberOfTrailingZeros(m);
      if (queues.age[runs[bank]] < queues.age[run]) {
        soonest = Math.min(soonest, banks.columnAt[bank]);
      }
    }
    return soonest;
  }
}
