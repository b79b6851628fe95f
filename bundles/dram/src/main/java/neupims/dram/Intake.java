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
    reads = new RunQueue(controller.readQueue());
    writes = new RunQueue(controller.writeQueue());
  }

  /** Plays the queues' part of all cycles before the given one. */
  void playUntil(long cycle) {
    while (played < cycle) {
      boolean moved = accept(played);
      moved |= pim.fetch(played) || deal();
      played++;
      if (!moved) {
        played = Math.max(played, Math.min(cycle, wakeAt()));
      }
    }
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

  /**
   * The earliest cycle at which what the queues do unaided could let a command issue that could not
   * before.
   */
  long nextEffect() {
    if (port.count() == 0
        && reads.runs() == 0
        && writes.runs() == 0
        && pim.fetchAt(played) == NEVER) {
      return NEVER;
    }
    if (reads.accesses() > 0 || writes.accesses() > 0) {
      return played + 1;
    }
    return Math.max(played, Math.min(port.fromCycle(), pim.fetchAt(played))) + 1;
  }

  /** Whether everything has left for the banks. */
  boolean idle() {
    return port.count() == 0 && reads.runs() == 0 && writes.runs() == 0;
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
      slots.done(port.number(), 1, geometry.accessBytes, cycle + 2);
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
      slots.done(port.number(), taken, geometry.accessBytes, cycle + 2);
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
      int run = firstWithRoom(writes);
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
    int run = firstWithRoom(reads);
    if (run < 0) {
      return false;
    }
    deal(reads, run);
    return true;
  }

  private int firstWithRoom(RunQueue active) {
    for (int run = 0; run < active.runs(); run++) {
      if (queues.room(active.bank(run)) > 0) {
        return run;
      }
    }
    return -1;
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
