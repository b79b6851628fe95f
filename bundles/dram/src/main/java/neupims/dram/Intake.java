// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.ControllerSpec;

/**
 * From the port to the banks. A controller accepts a few accesses a cycle into its read queue and
 * write buffer and then, after the cycle's command, deals one transaction to its bank or to the
 * PIM. Both stages work on whole runs: a run is handed on when its first access is, and the stage
 * is then taken for as many cycles as the run has accesses. A bank takes at least two cycles for
 * what one cycle deals, so that no command can tell; what interrupts a run meanwhile delays the one
 * behind it.
 *
 * <p>Events happen at their own cycles, but are played only when a command could see them.
 */
final class Intake {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long UNKNOWN = -1;

  private final int offers;
  private final RequestPort port;
  private final SlotTable slots;
  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final PimQueue pim;
  private final InFlight inFlight;
  private final RunQueue reads;
  private final RunQueue writes;
  private final WriteBuffer buffer;

  /** Next free place of the accepting stage: cycle x offers a cycle + offers taken in it. */
  private long offerAt;

  /** Next cycle in which the dealing stage is free. */
  private long dealAt;

  /** What the dealing stage is taken by until then. */
  private RunQueue dealing;

  /** The latest cycle in which something happened that may allow a deal. */
  private long stirredAt;

  /** Next cycle in which the PIM may be dealt an instruction. */
  private long fetchAt;

  /** Nothing can happen any more before this cycle. */
  private long clock;

  /** When the next events of each kind are; true while {@link #eventAt} is known. */
  private long nextAccept;

  private long nextFetch;
  private long nextDeal;
  private long eventAt = UNKNOWN;
  private long effectAt = UNKNOWN;

  Intake(
      ControllerSpec controller,
      Geometry geometry,
      RequestPort port,
      SlotTable slots,
      BankQueues queues,
      MemArbiter arbiter,
      PimQueue pim,
      InFlight inFlight,
      DirtyRows dirty) {
    this.port = port;
    this.slots = slots;
    this.queues = queues;
    this.arbiter = arbiter;
    this.pim = pim;
    this.inFlight = inFlight;
    offers = controller.offersPerCycle();
    reads = new RunQueue(controller.readQueue(), geometry.banks);
    buffer = new WriteBuffer(controller, geometry, queues, dirty);
    writes = buffer.writes();
  }

  /** Takes over another channel's state. */
  void copyFrom(Intake other) {
    reads.copyFrom(other.reads);
    buffer.copyFrom(other.buffer);
    offerAt = other.offerAt;
    dealAt = other.dealAt;
    dealing = other.dealing == other.reads ? reads : other.dealing == other.writes ? writes : null;
    stirredAt = other.stirredAt;
    fetchAt = other.fetchAt;
    clock = other.clock;
    changed();
  }

  /** Adds the state to an image, which must have been played to. */
  void show(Image image) {
    reads.show(image, slots);
    buffer.show(image, slots);
    image.add(Math.max(offerAt, image.now() * offers));
    image.addTime(dealAt);
    image.add(dealing == reads);
    image.add(dealing == writes);
    image.addTime(stirredAt);
  }

  /** Plays everything that happens before the given cycle. */
  void playUntil(long cycle) {
    if (eventAt == UNKNOWN) {
      eventAt = nextEvent();
    }
    while (eventAt < cycle) {
      clock = eventAt;
      happen(eventAt);
      eventAt = nextEvent();
      effectAt = UNKNOWN;
    }
  }

  private long nextEvent() {
    nextAccept = acceptTime();
    nextFetch = fetchTime();
    nextDeal = dealTime();
    return Math.min(nextAccept, Math.min(nextFetch, nextDeal));
  }

  /** In a cycle the port comes first, then the PIM, then the banks. */
  private void happen(long cycle) {
    if (nextAccept == cycle) {
      accept(cycle);
    } else if (nextFetch == cycle) {
      fetch(cycle);
    } else {
      deal(cycle);
    }
  }

  /** Something happened outside that may change when the next event is. */
  void changed() {
    eventAt = UNKNOWN;
    effectAt = UNKNOWN;
  }

  /**
   * A command of that cycle has made room, or was the last that waited. What came before it must
   * have been played before it.
   */
  void stir(long cycle) {
    clock = Math.max(clock, cycle);
    stirredAt = Math.max(stirredAt, cycle);
    changed();
  }

  /** A lower bound of the first cycle in which a command may issue that could not before. */
  long effectAt() {
    if (effectAt == UNKNOWN) {
      effectAt = nextEffect();
    }
    return effectAt;
  }

  private long nextEffect() {
    if (eventAt == UNKNOWN) {
      eventAt = nextEvent();
    }
    long effect = nextDeal;
    if (queues.full() != 0) {
      effect = Math.min(effect, nextAccept); // the next read from a full bank may let it in
    } else if (effect == NEVER) {
      effect = Math.max(nextAccept, dealAt);
    }
    if (!pim.hasHead()) {
      effect = Math.min(effect, nextFetch);
    }
    return effect == NEVER ? NEVER : effect + 1;
  }

  private long acceptTime() {
    if (port.count() == 0) {
      return NEVER;
    }
    long at = Math.max(clock, Math.max(port.fromCycle(), offerAt / offers));
    if (port.write()) {
      return writes.room() > 0 ? at : NEVER;
    }
    int room = reads.room();
    if (room < port.count() && room < reads.accesses()) {
      if (room == 0 || (queues.full() >>> port.bank() & 1) != 0) {
        return NEVER; // it would only wait behind the others
      }
    }
    if (inFlight.full()) {
      return Math.max(at, inFlight.nextDone());
    }
    return dealing == reads ? Math.max(at, dealAt - room + 1) : at;
  }

  private void accept(long cycle) {
    offerAt = Math.max(offerAt, cycle * offers);
    if (port.write()) {
      acceptWrites();
    } else if (buffer.meets(port.bank(), port.row())) {
      acceptOne(cycle);
    } else {
      acceptReads(cycle);
    }
  }

  private void acceptReads(long cycle) {
    int room = reads.room();
    int taken = Math.min(Math.min(port.count(), room), inFlight.room(cycle));
    if (taken == 0) {
      return;
    }
    pass(taken, reads, room);
    enqueue(taken, cycle);
  }

  /** Takes the accepting stage; the last access finds room when what has been dealt ahead is. */
  private void pass(int taken, RunQueue into, int room) {
    offerAt += taken;
    if (dealing == into) {
      offerAt = Math.max(offerAt, (dealAt - room + taken) * offers);
    }
  }

  private void enqueue(int taken, long cycle) {
    reads.append(port.bank(), port.row(), port.column(), taken, port.number());
    inFlight.start(taken);
    port.take(taken);
    stirredAt = Math.max(stirredAt, cycle);
  }

  /** A read of a row for which writes are under way: one of the same access answers it. */
  private void acceptOne(long cycle) {
    offerAt++;
    if (buffer.answers(port.bank(), port.row(), port.column())) {
      slots.done(port.number(), 1, cycle + 2);
      port.take(1);
    } else if (inFlight.room(cycle) > 0) {
      enqueue(1, cycle);
    }
  }

  /** A write counts as done a cycle after its acceptance [R]. */
  private void acceptWrites() {
    int bank = port.bank();
    int row = port.row();
    int taken = 1;
    if (buffer.replaces(bank, row, port.column())) {
      offerAt++;
    } else {
      if (!writes.holdsRow(bank, row)) {
        taken = Math.min(port.count(), buffer.most(offers, offerAt));
      }
      pass(taken, writes, writes.room());
      buffer.append(bank, row, port.column(), taken);
    }
    long last = (offerAt - 1) / offers;
    slots.done(port.number(), taken, last + 2);
    port.take(taken);
    if (buffer.drains()) {
      stirredAt = Math.max(stirredAt, last);
    }
  }

  private long fetchTime() {
    if (pim.idle()) {
      return NEVER;
    }
    long from = Math.max(clock, fetchAt);
    return Math.max(from, Math.min(pim.fetchAt(from), pim.arriveAt(from)));
  }

  private void fetch(long cycle) {
    if (pim.fetch(cycle)) {
      dealAt = Math.max(dealAt, cycle) + 1;
    }
    fetchAt = cycle + 1;
  }

  private long dealTime() {
    boolean begins = !buffer.draining() && buffer.drains();
    RunQueue active = buffer.draining() ? writes : reads;
    return begins || (active.banks() & ~queues.full()) != 0 ? Math.max(dealAt, stirredAt) : NEVER;
  }

  /** Deals the first run of the active queue whose bank has room. */
  private void deal(long cycle) {
    if (buffer.drain()) {
      int run = writes.firstOutside(queues.full());
      int leaving = run < 0 ? 0 : buffer.mayLeave(run, reads);
      if (leaving > 0) {
        buffer.left(deal(writes, run, leaving, cycle));
        return;
      }
      if (run < 0) {
        dealAt = cycle + 1;
        return;
      }
      buffer.stop(); // a read goes first
    }
    int run = reads.firstOutside(queues.full());
    if (run >= 0) {
      deal(reads, run, reads.count(run), cycle);
    } else {
      dealAt = cycle + 1; // the read is at its bank
    }
  }

  private int deal(RunQueue active, int run, int most, long cycle) {
    int bank = active.bank(run);
    int count = Math.min(Math.min(most, active.count(run)), queues.room(bank));
    boolean fresh =
        queues.append(bank, active.row(run), active.column(run), count, active.slot(run));
    if (active.room() == 0) {
      offerAt = Math.max(offerAt, (cycle + 1) * offers); // there is room from the next cycle on
    }
    active.take(run, count);
    if (fresh) {
      arbiter.appended(bank);
    }
    dealAt = cycle + count;
    dealing = active;
    return count;
  }

  /** Full banks for which something waits. */
  long blocked() {
    long full = queues.full();
    if (full == 0) {
      return 0;
    }
    long waiting = reads.banks() | writes.banks();
    return (port.count() > 0 ? waiting | 1L << port.bank() : waiting) & full;
  }

  /** An access has left a full bank in the given cycle: the first that waits for it follows. */
  void follow(int bank, long cycle) {
    int run = buffer.drains() ? -1 : reads.firstOf(bank);
    if (run < 0) {
      stir(cycle);
      return;
    }
    dealAt = Math.max(dealAt, cycle) + 1;
    dealing = reads;
    boolean fresh = queues.append(bank, reads.row(run), reads.column(run), 1, reads.slot(run));
    reads.take(run, 1);
    if (fresh) {
      arbiter.appended(bank);
    }
    clock = Math.max(clock, cycle);
    changed();
  }

  /**
   * A lower bound of the next cycle in which a slot of writes, or a read by a write's answer, may
   * be done.
   */
  long answerAt() {
    long accept = acceptTime();
    return accept == NEVER ? NEVER : accept + 2;
  }

  /**
   * The same for a slot of writes behind reads: these are accepted a few a cycle and, when the
   * queue is full, as they are dealt, unless a write answers them.
   */
  long answerAfter(int reads, long now) {
    long from = Math.min(now, acceptTime()); // it may have begun, and not been played yet
    long accepted = Math.max(from * offers, offerAt) + reads;
    long dealt = port.holdsSuspects() ? now : from - this.reads.room() + reads;
    return Math.max(now, Math.max(accepted / offers, dealt)) + 2;
  }

  /** A write to a row has reached its bank. */
  void wrote(int row) {
    buffer.wrote(row);
  }
}
