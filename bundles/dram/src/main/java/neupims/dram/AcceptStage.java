// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * From the port into the read queue or the write buffer, a few accesses a cycle. A run is accepted
 * when its first access is, and the stage is then taken for as long as the run has accesses.
 */
final class AcceptStage {
  private static final long NEVER = Long.MAX_VALUE;

  private final int offers;
  private final RequestPort port;
  private final SlotTable slots;
  private final BankQueues queues;
  private final InFlight inFlight;
  private final RunQueue reads;
  private final RunQueue writes;
  private final WriteBuffer buffer;
  private final DealStage deals;

  /** Next free place: cycle x offers a cycle + offers taken in it. */
  private long offerAt;

  AcceptStage(
      int offers,
      RequestPort port,
      SlotTable slots,
      BankQueues queues,
      InFlight inFlight,
      RunQueue reads,
      WriteBuffer buffer,
      DealStage deals) {
    this.offers = offers;
    this.port = port;
    this.slots = slots;
    this.queues = queues;
    this.inFlight = inFlight;
    this.reads = reads;
    this.buffer = buffer;
    this.deals = deals;
    writes = buffer.writes();
  }

  /** Takes over another channel's state. */
  void copyFrom(AcceptStage other) {
    offerAt = other.offerAt;
  }

  /** Adds the state to an image. */
  void show(Image image) {
    image.add(Math.max(offerAt, image.now() * offers));
  }

  /** The next acceptance, not before the given cycle. */
  long time(long from) {
    if (port.count() == 0) {
      return NEVER;
    }
    long at = Math.max(from, Math.max(port.fromCycle(), offerAt / offers));
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
    return deals.isAt(reads) ? Math.max(at, deals.dealAt() - room + 1) : at;
  }

  /**
   * Of accesses that leave the read queue, the last in the given cycle, how many nothing is
   * accepted between; at least 1.
   */
  int restsFor(int most, long last) {
    if (port.count() == 0 || port.fromCycle() > last) {
      return most;
    }
    if (port.write()) {
      return writes.room() > 0 ? 1 : most;
    }
    if ((queues.full() >>> port.bank() & 1) == 0) {
      return 1;
    }
    int room = reads.room();
    int least = Math.min(port.count() - room, (reads.accesses() - room + 1) / 2);
    return Math.max(1, Math.min(most, least));
  }

  /** Accepts what it is time for. */
  void accept(long cycle) {
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

  /** Takes the stage; the last access finds room when what has been dealt ahead is. */
  private void pass(int taken, RunQueue into, int room) {
    offerAt += taken;
    if (deals.isAt(into)) {
      offerAt = Math.max(offerAt, (deals.dealAt() - room + taken) * offers);
    }
  }

  private void enqueue(int taken, long cycle) {
    reads.append(port.bank(), port.row(), port.column(), taken, port.number());
    inFlight.start(taken);
    port.take(taken);
    deals.stir(cycle);
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
      deals.stir(last);
    }
  }

  /** A queue that was full has room from the given cycle on. */
  void roomFrom(long cycle) {
    offerAt = Math.max(offerAt, cycle * offers);
  }

  /** A lower bound of the next cycle in which a slot may be done by the acceptance after it. */
  long answerAt(long from) {
    long accept = time(from);
    return accept == NEVER ? NEVER : accept + 2;
  }

  /**
   * The same for a slot of writes behind reads: these are accepted a few a cycle and, when the
   * queue is full, as they are dealt, unless a write answers them.
   */
  long answerAfter(int readsBefore, long from, long now) {
    long begun = Math.min(now, time(from)); // it may have begun, and not been played yet
    long accepted = Math.max(begun * offers, offerAt) + readsBefore;
    long dealt = port.holdsSuspects() ? now : begun - reads.room() + readsBefore;
    return Math.max(now, Math.max(accepted / offers, dealt)) + 2;
  }
}
