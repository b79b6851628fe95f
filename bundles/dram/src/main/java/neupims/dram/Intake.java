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

  private final RequestPort port;
  private final SlotTable slots;
  private final BankQueues queues;
  private final PimQueue pim;
  private final RunQueue reads;
  private final RunQueue writes;
  private final WriteBuffer buffer;
  private final AcceptStage accepts;
  private final DealStage deals;

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
    this.pim = pim;
    reads = new RunQueue(controller.readQueue(), geometry.banks);
    buffer = new WriteBuffer(controller, geometry, queues, dirty);
    writes = buffer.writes();
    deals = new DealStage(queues, arbiter, reads, buffer);
    int offers = controller.offersPerCycle();
    accepts = new AcceptStage(offers, port, slots, queues, inFlight, reads, buffer, deals);
  }

  /** Takes over another channel's state. */
  void copyFrom(Intake other) {
    reads.copyFrom(other.reads);
    buffer.copyFrom(other.buffer);
    accepts.copyFrom(other.accepts);
    deals.copyFrom(other.deals);
    fetchAt = other.fetchAt;
    clock = other.clock;
    changed();
  }

  /** A number that is the same for channels of the same state. */
  long hash() {
    return reads.hash() * 31 + writes.hash();
  }

  /** Adds the state to an image, which must have been played to. */
  void show(Image image) {
    reads.show(image, slots);
    buffer.show(image, slots);
    accepts.show(image);
    deals.show(image);
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
    nextAccept = accepts.time(clock);
    nextFetch = fetchTime();
    nextDeal = deals.time();
    return Math.min(nextAccept, Math.min(nextFetch, nextDeal));
  }

  /** In a cycle the port comes first, then the PIM, then the banks. */
  private void happen(long cycle) {
    if (nextAccept == cycle) {
      accepts.accept(cycle);
    } else if (nextFetch == cycle) {
      fetch(cycle);
    } else if (deals.deal(cycle)) {
      accepts.roomFrom(cycle + 1);
    }
  }

  /** When the next event is. */
  long nextEventAt() {
    if (eventAt == UNKNOWN) {
      eventAt = nextEvent();
    }
    return eventAt;
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
    deals.stir(cycle);
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
      effect = Math.max(nextAccept, deals.dealAt());
    }
    if (!pim.hasHead()) {
      effect = Math.min(effect, nextFetch);
    }
    return effect == NEVER ? NEVER : effect + 1;
  }

  /**
   * The same while reads of a bank that nothing waits for follow each other: what reaches another
   * bank that has a read or an activate before it is not seen.
   */
  long effectBeside(int bank) {
    long effect = effectAt();
    if (eventAt == UNKNOWN || nextDeal == NEVER || nextDeal + 1 > effect || port.holdsWrites()) {
      return effect;
    }
    int hidden = deals.hidden(bank);
    if (hidden == 0) {
      return effect;
    }
    effect = nextDeal + hidden;
    if ((queues.full() >>> bank & 1) != 0) {
      effect = Math.min(effect, nextAccept);
    }
    if (!pim.hasHead()) {
      effect = Math.min(effect, nextFetch);
    }
    return effect + 1;
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
      deals.take(cycle);
    }
    fetchAt = cycle + 1;
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

  /**
   * Of accesses that leave a full bank, one each gap from the given cycle on, how many can be
   * followed by the first that wait for it before anything else happens here; at least 1.
   */
  int mayFollow(int bank, long cycle, int gap, int most) {
    if (eventAt == UNKNOWN) {
      eventAt = nextEvent();
    }
    int count = Math.min(most, deals.mayFollow(bank));
    if (nextFetch < cycle + (count - 1L) * gap) {
      count = (int) ((nextFetch - cycle) / gap) + 1;
    }
    return count <= 1 ? 1 : accepts.restsFor(count, cycle + (count - 1L) * gap);
  }

  /** Accesses have left a full bank, the last in the given cycle: those that wait follow. */
  void follow(int bank, int count, long cycle) {
    if (deals.follow(bank, count, cycle)) {
      clock = Math.max(clock, cycle);
      changed();
    } else {
      stir(cycle);
    }
  }

  /**
   * A lower bound of the next cycle in which a slot of writes, or a read by a write's answer, may
   * be done.
   */
  long answerAt() {
    return accepts.answerAt(clock);
  }

  /** The same for a slot of writes behind reads. */
  long answerAfter(int readsBefore, long now) {
    return accepts.answerAfter(readsBefore, clock, now);
  }

  /** Writes to a row have reached their bank. */
  void wrote(int row, int count) {
    buffer.wrote(row, count);
  }
}
