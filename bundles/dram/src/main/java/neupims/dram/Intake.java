// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.ControllerSpec;

/**
 * From the port to the banks: in each cycle a controller accepts a few accesses into its read queue
 * and write buffer and then, after the command, deals one transaction to its bank or to the PIM.
 * Played lazily: nothing happens between two calls of {@link #playUntil} that a command could have
 * seen.
 */
final class Intake {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long UNKNOWN = -1;

  private final ControllerSpec controller;
  private final Geometry geometry;
  private final RequestPort port;
  private final SlotTable slots;
  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final PimQueue pim;
  private final InFlight inFlight;
  private final RunQueue reads;
  private final RunQueue writes;

  /** Writes whose data is still to reach a bank: the buffered ones and those at the banks. */
  private int pendingWrites;

  private int draining;
  private long played;
  private long effectAt = UNKNOWN;

  Intake(
      ControllerSpec controller,
      Geometry geometry,
      RequestPort port,
      SlotTable slots,
      BankQueues queues,
      MemArbiter arbiter,
      PimQueue pim,
      InFlight inFlight) {
    this.controller = controller;
    this.geometry = geometry;
    this.port = port;
    this.slots = slots;
    this.queues = queues;
    this.arbiter = arbiter;
    this.pim = pim;
    this.inFlight = inFlight;
    reads = new RunQueue(controller.readQueue(), geometry.banks);
    writes = new RunQueue(controller.writeQueue(), geometry.banks);
  }

  /** Plays the queues' part of all cycles before the given one. */
  void playUntil(long cycle) {
    if (played < cycle) {
      effectAt = UNKNOWN;
    }
    while (played < cycle) {
      long passed = isPlain(cycle) ? dealReads(cycle) : 0;
      if (passed > 0) {
        played += passed;
        continue;
      }
      boolean moved = accept(played);
      moved |= pim.fetch(played) || deal();
      played++;
      if (!moved) {
        played = Math.max(played, Math.min(cycle, wakeAt()));
      }
    }
  }

  /** Whether until the given cycle nothing but reads can move. */
  private boolean isPlain(long cycle) {
    return draining == 0
        && writes.room() > 0
        && (writes.accesses() == 0 || queues.waiting() != 0)
        && controller.maxInFlight() == 0
        && pim.fetchAt(played) >= cycle
        && pim.arriveAt(played) >= cycle;
  }

  /**
   * Deals the first run that can be for as many cycles as it lasts, and accepts what the port
   * offers meanwhile: with one read leaving a cycle, {@code n} cycles let in the free room and
   * {@code n - 1} more, if that many are offered.
   *
   * @return cycles played, 0 when they have to be played one by one
   */
  private long dealReads(long until) {
    int run = reads.firstOutside(queues.full());
    if (run < 0) {
      return letIn(until);
    }
    int bank = reads.bank(run);
    int cycles = Math.min(reads.count(run), queues.room(bank));
    cycles = (int) Math.min(cycles, until - played);
    int offered = controller.offersPerCycle() * cycles;
    int accepted = Math.min(offered, reads.room() + cycles - 1);
    if (!port.isPlain(played, offered) || meetsWrite(offered)) {
      return 0;
    }
    boolean fresh = queues.append(bank, reads.row(run), reads.column(run), cycles, reads.slot(run));
    reads.take(run, cycles);
    if (fresh) {
      arbiter.appended(bank);
    }
    while (accepted > 0 && port.count() > 0) {
      int taken = Math.min(accepted, port.count());
      reads.append(port.bank(), port.row(), port.column(), taken, port.number());
      port.take(taken);
      accepted -= taken;
    }
    return cycles;
  }

  /** The same when nothing can be dealt: what is let in for a full bank stays. */
  private long letIn(long until) {
    if (reads.room() == 0 || port.fromCycle() >= until) {
      return until - played;
    }
    if (port.write() || port.fromCycle() > played || meetsWrite(1)) {
      return 0;
    }
    int offers = controller.offersPerCycle();
    long cycles = Math.min(reads.room(), port.count()) / offers;
    if (cycles == 0 || (queues.full() >>> port.bank() & 1) == 0) {
      return 0;
    }
    cycles = Math.min(cycles, until - played);
    int accepted = (int) cycles * offers;
    reads.append(port.bank(), port.row(), port.column(), accepted, port.number());
    port.take(accepted);
    return cycles;
  }

  /** Whether one of the next accesses may be answered by a write that is still under way. */
  private boolean meetsWrite(int accesses) {
    if (pendingWrites == 0 || port.count() == 0) {
      return false;
    }
    return port.count() < accesses // then the next run would have to be looked at, too
        || writes.holdsRow(port.bank(), port.row())
        || queues.holdsWrite(port.bank(), port.row());
  }

  /** After a cycle without movement: when the next one is possible without a command. */
  private long wakeAt() {
    long offered = Math.max(port.fromCycle(), 0);
    if (offered < played && !hasRoom()) {
      offered = NEVER;
    } else if (inFlight.full()) {
      offered = Math.max(offered, inFlight.nextDone());
    }
    return Math.min(offered, Math.min(pim.fetchAt(played), pim.arriveAt(played)));
  }

  private boolean hasRoom() {
    return port.write() ? writes.room() > 0 : reads.room() > 0;
  }

  /** {@link #nextEffect}, which is worked out only after a change. */
  long effectAt() {
    if (effectAt == UNKNOWN) {
      effectAt = nextEffect();
    }
    return effectAt;
  }

  /** Something happened outside that may change {@link #effectAt}. */
  void changed() {
    effectAt = UNKNOWN;
  }

  /**
   * The earliest cycle at which what the queues do unaided could let a command issue that could not
   * before. Lengthening a run that already waits at its bank's back does not count.
   */
  private long nextEffect() {
    long effect = pim.hasHead() ? NEVER : pim.fetchAt(played);
    if (port.count() > 0 && (port.write() || reads.runs() == 0)) {
      effect = Math.min(effect, Math.max(played, port.fromCycle()));
    }
    if (writes.accesses() > 0 && (draining > 0 || writes.room() == 0 || queues.waiting() == 0)) {
      effect = played;
    }
    if (port.holdsWrites()) {
      int fill = queues.waiting() == 0 ? 0 : writes.room() / controller.offersPerCycle();
      effect = Math.min(effect, played + fill); // a drain may begin when the buffer is full
    }
    return effect <= played ? played + 1 : Math.min(effect, nextDeal()) + 1;
  }

  /**
   * The earliest cycle in which a run may be dealt that makes its bank need another command, or in
   * which a bank may become full. Deals are one a cycle, in order, so the accesses before it count.
   */
  private long nextDeal() {
    long at = played;
    long full = queues.full();
    long mindful = arbiter.mindful();
    long seen = 0;
    if ((reads.banks() & ~full) != 0) {
      for (int run = 0; run < reads.runs(); run++) {
        int bank = reads.bank(run);
        long bit = 1L << bank;
        if ((full & bit) != 0) {
          continue;
        }
        if ((seen & bit) != 0 || ((mindful & bit) != 0 && arbiter.minds(bank, reads.row(run)))) {
          return at;
        }
        int count = reads.count(run);
        if (queues.room(bank) < count) {
          return at + queues.room(bank);
        }
        at += count;
        seen |= bit;
      }
    }
    return port.count() == 0 ? NEVER - 1 : nextOffer(at, seen);
  }

  /** Room that is left at the port's bank when what waits for it has been dealt. */
  private int roomForOffer() {
    int bank = port.bank();
    int room = queues.room(bank);
    for (int run = 0; run < reads.runs(); run++) {
      if (reads.bank(run) == bank) {
        room -= reads.count(run);
      }
    }
    return room;
  }

  /** The same for what the port still holds, when that is reached in the given cycle. */
  private long nextOffer(long reached, long seenBanks) {
    int count = port.count();
    long bit = 1L << port.bank();
    long at = Math.max(reached, port.fromCycle());
    long seen = seenBanks | bit;
    if ((queues.full() & bit) != 0) {
      if (reads.room() + (reached - played) <= count) {
        return NEVER - 1; // what is let in stays
      }
      at = Math.max(at, played + count / controller.offersPerCycle()); // while others are dealt
    } else {
      if (mayMind(port.bank(), port.row())) {
        return at;
      }
      int room = (seenBanks & bit) == 0 ? queues.room(port.bank()) : roomForOffer();
      if (room < count) {
        return at + room;
      }
      at += count;
    }
    int near = port.near();
    for (int i = 0; i < near; i++) {
      int bank = port.nearBank(i);
      bit = 1L << bank;
      if (((seen | queues.full()) & bit) != 0 || mayMind(bank, port.nearRow(i))) {
        return at;
      }
      if (queues.room(bank) < port.nearCount(i)) {
        return at + queues.room(bank);
      }
      at += port.nearCount(i);
      seen |= bit;
    }
    return port.nearIsAll() ? NEVER - 1 : at;
  }

  private boolean mayMind(int bank, int row) {
    return (arbiter.mindful() >>> bank & 1) != 0 && arbiter.minds(bank, row);
  }

  /** Full banks for which reads wait. */
  long blocked() {
    long waiting = port.count() > 0 ? reads.banks() | 1L << port.bank() : reads.banks();
    return waiting & queues.full();
  }

  /** Whether everything has left for the banks. */
  boolean idle() {
    return port.count() == 0 && reads.runs() == 0 && writes.runs() == 0;
  }

  /** Whether a read that still waits at the port may be answered by a write that is under way. */
  boolean mayAnswer() {
    return pendingWrites > 0 && port.count() > 0;
  }

  /** A write has reached its bank. */
  void wrote() {
    pendingWrites--;
  }

  private boolean accept(long cycle) {
    int left = controller.offersPerCycle();
    boolean any = false;
    while (left > 0 && port.fromCycle() <= cycle) {
      int taken = port.write() ? acceptWrites(cycle, left) : acceptReads(cycle, left);
      if (taken == 0) {
        break;
      }
      left -= taken;
      any = true;
    }
    return any;
  }

  private int acceptReads(long cycle, int limit) {
    if (pendingWrites > 0 && isWritePending(port.row(), port.column())) {
      slots.done(port.number(), 1, cycle + 2);
      port.take(1);
      return 1;
    }
    int taken = Math.min(Math.min(limit, port.count()), reads.room());
    if (pendingWrites > 0) {
      taken = Math.min(taken, 1);
    }
    taken = Math.min(taken, inFlight.room(cycle));
    if (taken > 0) {
      reads.append(port.bank(), port.row(), port.column(), taken, port.number());
      inFlight.start(taken);
      port.take(taken);
    }
    return taken;
  }

  private boolean isWritePending(int row, int column) {
    return writes.holds(port.bank(), row, column)
        || (queues.hasWrites(port.bank()) && queues.holds(port.bank(), row, column, true));
  }

  /** A write counts as done a cycle after its acceptance [R]. */
  private int acceptWrites(long cycle, int limit) {
    int taken = Math.min(Math.min(limit, port.count()), writes.room());
    if (taken > 0) {
      if (writes.holds(port.bank(), port.row(), port.column())) {
        taken = 1;
      } else {
        taken = 1;
        writes.append(port.bank(), port.row(), port.column(), taken, BankQueues.WRITE);
        pendingWrites += taken;
      }
      slots.done(port.number(), taken, cycle + 2);
      port.take(taken);
    }
    return taken;
  }

  /** Deals the first transaction of the active queue whose bank has room. */
  private boolean deal() {
    if (draining == 0 && drainDue()) {
      draining = writes.accesses();
    }
    if (draining > 0) {
      int run = writes.firstOutside(queues.full());
      if (run < 0) {
        return false;
      }
      if (!isReadPending(run)) {
        draining--;
        deal(writes, run);
        return true;
      }
      draining = 0; // the read goes first
    }
    int run = reads.firstOutside(queues.full());
    if (run < 0) {
      return false;
    }
    deal(reads, run);
    return true;
  }

  private void deal(RunQueue active, int run) {
    int bank = active.bank(run);
    boolean fresh = queues.append(bank, active.row(run), active.column(run), 1, active.slot(run));
    active.take(run, 1);
    if (fresh) {
      arbiter.appended(bank);
    }
  }

  private boolean drainDue() {
    int waiting = writes.accesses();
    return waiting > 0
        && (writes.room() == 0 || (waiting > controller.writeDrainIdle() && queues.waiting() == 0));
  }

  private boolean isReadPending(int run) {
    int bank = writes.bank(run);
    int row = writes.row(run);
    int column = writes.column(run);
    return reads.holds(bank, row, column) || queues.holds(bank, row, column, false);
  }
}
