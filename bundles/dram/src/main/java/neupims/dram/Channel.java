// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Completion;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.PimSpec;
import neupims.api.hw.Transfer;

/**
 * A channel and its controller in time. In each cycle at most one command: for a waiting refresh,
 * else for the PIM's first instruction, else for reads and writes. Cycles in which none can issue
 * are skipped.
 */
final class Channel {
  private static final long NEVER = Long.MAX_VALUE;

  private final Geometry geometry;
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final RowCommands rows;
  private final MemArbiter arbiter;
  private final CommandLog log;
  private final CommandIssuer issuer;
  private final Refresher refresher;
  private final SlotTable slots;
  private final RequestPort port;
  private final InFlight inFlight;
  private final PimQueue pimQueue;
  private final PimSequencer pim;
  private final Intake intake;
  private final PimTurn turn;
  private final MemCommands commands;
  private final AccessOrder order;
  private final MemScheduler memory;
  private final int burst;
  private final int rowHitCap;

  private long next;

  Channel(
      MemorySpec spec,
      AddressMap map,
      Geometry geometry,
      TimingTable timing,
      CommandLog log,
      GemvLowering lowering,
      FrontEnd frontEnd) {
    PimSpec rules = lowering == null ? null : spec.pim().orElseThrow();
    this.geometry = geometry;
    this.timing = timing;
    this.log = log;
    burst = spec.timing().burst();
    rowHitCap = spec.controller().rowHitCap();
    banks = new BankState(geometry.banks, rules != null && rules.dualRowBuffer());
    ranks = new RankState(geometry, timing);
    queues = new BankQueues(geometry.banks, spec.controller().bankQueue());
    rows = new RowCommands(geometry, banks, ranks, queues);
    boolean oldestFirst =
        spec.controller().arbitration() == ControllerSpec.Arbitration.OLDEST_FIRST;
    arbiter = new MemArbiter(geometry, banks, ranks, queues, rows, rowHitCap, oldestFirst);
    issuer = new CommandIssuer(geometry, timing, banks, ranks, arbiter, rows, log, rules);
    refresher = new Refresher(geometry, timing, banks, ranks, rows, issuer, spec.timing().refi());
    slots = new SlotTable(geometry.accessBytes);
    DirtyRows dirty = new DirtyRows(geometry);
    port = new RequestPort(map, geometry, slots, dirty);
    inFlight = new InFlight(spec.controller().maxInFlight());
    GemvLowering.Cursor cursor = rules == null ? null : lowering.open(spec.organization(), rules);
    pimQueue = new PimQueue(cursor, frontEnd, rules, spec.controller(), log);
    pim =
        rules == null
            ? null
            : new PimSequencer(
                rules, geometry, timing, banks, ranks, pimQueue, arbiter, rows, issuer, refresher,
                log);
    intake =
        new Intake(
            spec.controller(), geometry, port, slots, queues, arbiter, pimQueue, inFlight, dirty);
    turn = new PimTurn(pim, pimQueue, intake, refresher);
    commands =
        new MemCommands(
            timing, banks, ranks, queues, arbiter, rows, issuer, log, slots, inFlight, intake, pim);
    order =
        oldestFirst
            ? new OldestFirst(
                geometry,
                timing,
                banks,
                ranks,
                queues,
                arbiter,
                rows,
                commands,
                log,
                inFlight,
                intake,
                turn,
                rules == null ? -1 : rules.operandBank(),
                rowHitCap)
            : new RoundRobin(
                geometry, timing, banks, ranks, queues, arbiter, rows, commands, log, slots,
                inFlight, intake, pim, rowHitCap);
    memory = new MemScheduler(arbiter, order, intake);
    next = refresher.dueAt();
  }

  /** Offers a slot that touches this channel. */
  void submit(Transfer transfer, int slot, long chunk, int column, int accesses, long now) {
    port.add(transfer, slot, chunk, column, accesses);
    next = Math.min(next, now);
    intake.changed();
  }

  /** Offers a GEMV. */
  void submit(GemvBatch batch, int job, long fromCycle, long now) {
    pimQueue.add(batch, job, fromCycle);
    next = Math.min(next, now);
    intake.changed();
  }

  /** Whether its state is known from {@link #show}: the PIM has nothing to do. */
  boolean isPlain() {
    return pim == null || (pimQueue.idle() && !pim.busy());
  }

  /**
   * Plays the queues up to the given cycle, to which the channel has been advanced, and returns a
   * number that is the same for channels of the same state.
   */
  long settle(long now) {
    intake.playUntil(now);
    next = Math.min(next, intake.effectAt());
    long hash = (queues.hash() * 31 + port.hash()) * 31 + intake.hash();
    for (int bank = 0; bank < geometry.banks; bank++) {
      hash = (hash * 31 + banks.openRow[bank]) * 31 + Math.max(now, banks.prechargeAt[bank]);
    }
    for (int rank = 0; rank < geometry.ranks; rank++) {
      hash = hash * 31 + Math.max(now, ranks.readAt[rank]);
    }
    return hash;
  }

  /** Adds the state to an image; only of a plain channel that was settled. */
  void show(Image image) {
    banks.show(image, rowHitCap);
    ranks.show(image);
    queues.show(image, slots);
    arbiter.show(image);
    order.show(image);
    rows.show(image);
    refresher.show(image);
    port.show(image);
    inFlight.show(image);
    intake.show(image);
    if (pim != null) {
      pim.show(image);
    }
  }

  /** Takes over the state of a plain channel; only for one that was plain. */
  void copyFrom(Channel other) {
    banks.copyFrom(other.banks);
    ranks.copyFrom(other.ranks);
    queues.copyFrom(other.queues);
    arbiter.copyFrom(other.arbiter);
    rows.copyFrom(other.rows);
    refresher.copyFrom(other.refresher);
    slots.copyFrom(other.slots);
    port.copyFrom(other.port);
    inFlight.copyFrom(other.inFlight);
    intake.copyFrom(other.intake);
    commands.copyFrom(other.commands);
    order.copyFrom(other.order);
    if (pim != null) {
      pim.copyFrom(other.pim);
    }
    next = other.next;
  }

  /** The channel does what so many channels do. */
  void standFor(int count) {
    slots.standFor(count);
  }

  /** Where it reports its commands. */
  CommandLog log() {
    return log;
  }

  /** Issues every command before the given cycle. */
  void advance(long until) {
    long cycle = next;
    while (cycle < until) {
      refresher.tick(cycle);
      cycle = step(cycle, until);
    }
    next = cycle;
    if (port.holdsWrites() || port.holdsSuspects() || pimQueue.mayArrive()) {
      intake.playUntil(until);
      next = Math.min(next, intake.effectAt());
    }
  }

  /** One cycle or more; returns the next in which anything may happen. */
  private long step(long cycle, long until) {
    if (refresher.nextAt() <= cycle) {
      long next = refresh(cycle, Math.min(until, refresher.dueAt()));
      if (next > cycle) {
        return next;
      }
    }
    long limit = Math.min(until, Math.min(refresher.dueAt(), refresher.nextAt()));
    if (pim == null || pimQueue.idle()) {
      return memory.serve(cycle, limit, limit);
    }
    intake.playUntil(cycle);
    boolean blocked = pim.blocks(queues.waiting() != 0);
    if (pim.nextAt() <= cycle) {
      long next = turn.take(cycle, limit);
      if (next > cycle) {
        return next;
      }
    }
    long end = limit;
    if (!pimQueue.hasHead()) {
      limit = Math.min(limit, Math.max(cycle, pimQueue.fetchAt(cycle) - 1) + 1);
      if (!turn.shares()) {
        end = limit;
      }
    }
    limit = Math.min(limit, pim.nextAt());
    if (blocked) {
      return Math.max(cycle + 1, Math.min(limit, intake.effectAt()));
    }
    return pim.waits() ? serveWaiting(cycle, limit) : memory.serve(cycle, limit, end);
  }

  /** While a blocked PIM waits for the memory to have nothing to do, which may be any cycle. */
  private long serveWaiting(long cycle, long limit) {
    long next = memory.serve(cycle, cycle + 1, cycle + 1);
    if (commands.lastColumn() == cycle) {
      ranks.holdColumns(cycle + pim.accessIntervalWhileWaiting());
    }
    return queues.waiting() == 0 ? cycle + 1 : Math.min(next, limit);
  }

  /** Issues what a waiting refresh takes; the first cycle in which that is nothing. */
  private long refresh(long cycle, long until) {
    if (pim != null && pim.busy()) {
      refresher.sleep();
      return cycle;
    }
    long next = cycle;
    do {
      if (!refresher.issue(next)) {
        return next;
      }
      if (pim != null) {
        pim.wake();
      }
      next++;
    } while (next < until && refresher.nextAt() <= next);
    return next;
  }

  /** A lower bound, above now, of the next completion of a kind that is not yet known. */
  long horizon(Completion kind, long now) {
    long bound =
        switch (kind) {
          case READ -> readBound(now);
          case WRITE -> writeBound(now);
          case GEMV -> pimQueue.idle() ? NEVER : Math.max(next, now) + pim.leastTime();
        };
    return Math.max(now + 1, bound);
  }

  private long readBound(long now) {
    if (slots.idle()) {
      return NEVER;
    }
    if (port.holdsSuspects()) {
      return now + 2; // a read that meets a write is done two cycles after its acceptance
    }
    int left = port.waiting() > 0 ? 1 : slots.fewestLeft();
    return Math.max(next, now) + (left - 1L) * burst + timing.readDelay + 1;
  }

  private long writeBound(long now) {
    if (!port.holdsWrites()) {
      return NEVER;
    }
    return port.write()
        ? Math.min(intake.answerAt(), next + 2)
        : intake.answerAfter(port.readsBeforeWrite(), now);
  }
}
