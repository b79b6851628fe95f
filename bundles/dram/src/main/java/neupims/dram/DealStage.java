// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * From the read queue or the write buffer to the banks, one access a cycle, or an instruction to
 * the PIM. A run is dealt when its first access is, and the stage is then taken for as many cycles
 * as the run has accesses.
 */
final class DealStage {
  private static final long NEVER = Long.MAX_VALUE;

  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final RunQueue reads;
  private final RunQueue writes;
  private final WriteBuffer buffer;

  /** Next cycle in which the stage is free. */
  private long dealAt;

  /** What the stage is taken by until then. */
  private RunQueue dealing;

  /** The latest cycle in which something happened that may allow a deal. */
  private long stirredAt;

  DealStage(BankQueues queues, MemArbiter arbiter, RunQueue reads, WriteBuffer buffer) {
    this.queues = queues;
    this.arbiter = arbiter;
    this.reads = reads;
    this.buffer = buffer;
    writes = buffer.writes();
  }

  /** Takes over another channel's state. */
  void copyFrom(DealStage other) {
    dealAt = other.dealAt;
    dealing = other.dealing == other.reads ? reads : other.dealing == other.writes ? writes : null;
    stirredAt = other.stirredAt;
  }

  /** Adds the state to an image. */
  void show(Image image) {
    image.addTime(dealAt);
    image.add(dealing == reads);
    image.add(dealing == writes);
    image.addTime(stirredAt);
  }

  /** Something that may allow a deal happened in the given cycle. */
  void stir(long cycle) {
    stirredAt = Math.max(stirredAt, cycle);
  }

  /** Next cycle in which the stage is free. */
  long dealAt() {
    return dealAt;
  }

  /** Whether the stage is taken, or was last, by runs of the given queue. */
  boolean isAt(RunQueue queue) {
    return dealing == queue;
  }

  /** A single transaction takes the given cycle. */
  void take(long cycle) {
    dealAt = Math.max(dealAt, cycle) + 1;
  }

  /** The next deal. */
  long time() {
    boolean begins = !buffer.draining() && buffer.drains();
    RunQueue active = buffer.draining() ? writes : reads;
    return begins || (active.banks() & ~queues.full()) != 0 ? Math.max(dealAt, stirredAt) : NEVER;
  }

  /**
   * Deals the first run of the active queue whose bank has room.
   *
   * @return whether a full queue has room now
   */
  boolean deal(long cycle) {
    if (buffer.drain()) {
      int run = writes.firstOutside(queues.full());
      int leaving = run < 0 ? 0 : buffer.mayLeave(run, reads);
      if (leaving > 0) {
        boolean full = writes.room() == 0;
        buffer.left(deal(writes, run, leaving, cycle));
        return full;
      }
      if (run < 0) {
        dealAt = cycle + 1;
        return false;
      }
      buffer.stop(); // a read goes first
    }
    int run = reads.firstOutside(queues.full());
    if (run < 0) {
      dealAt = cycle + 1; // the read is at its bank
      return false;
    }
    boolean full = reads.room() == 0;
    deal(reads, run, reads.count(run), cycle);
    return full;
  }

  private int deal(RunQueue active, int run, int most, long cycle) {
    int bank = active.bank(run);
    int count = Math.min(Math.min(most, active.count(run)), queues.room(bank));
    move(active, run, count);
    dealAt = cycle + count;
    dealing = active;
    return count;
  }

  private void move(RunQueue active, int run, int count) {
    int bank = active.bank(run);
    boolean fresh =
        queues.append(bank, active.row(run), active.column(run), count, active.slot(run));
    active.take(run, count);
    if (fresh) {
      arbiter.appended(bank);
    }
  }

  /**
   * Cycles from the next deal in which no command can tell it, while only one bank is read: it goes
   * to another one that has a read or an activate before it.
   */
  int hidden(int bank) {
    if (buffer.drains()) {
      return 0;
    }
    int run = reads.firstOutside(queues.full());
    int target = run < 0 ? bank : reads.bank(run);
    return target == bank || !arbiter.steady(target)
        ? 0
        : Math.min(reads.count(run), queues.room(target));
  }

  /** Accesses of the first run that waits for a bank, if nothing else can be dealt meanwhile. */
  int mayFollow(int bank) {
    if (buffer.drains() || (reads.banks() & ~queues.full()) != 0) {
      return 1;
    }
    int run = reads.firstOf(bank);
    return run < 0 ? 1 : reads.count(run);
  }

  /**
   * Accesses have left a full bank, one after the other until the given cycle: as many of the first
   * run that waits for it follow.
   *
   * @return whether there was one
   */
  boolean follow(int bank, int count, long cycle) {
    int run = buffer.drains() ? -1 : reads.firstOf(bank);
    if (run < 0) {
      return false;
    }
    dealAt = Math.max(dealAt + count, cycle + 1);
    dealing = reads;
    move(reads, run, count);
    return true;
  }
}
