// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

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
  private final ColumnIssuer columns;
  private final int burst;

  private long until;
  private long next;
  private long boundAt;

  Channel(
      int number,
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
    banks = new BankState(geometry.banks, rules != null && rules.dualRowBuffer());
    ranks = new RankState(geometry, timing);
    queues = new BankQueues(geometry.banks, spec.controller().bankQueue());
    arbiter = new MemArbiter(geometry, banks, ranks, queues, spec.controller().rowHitCap());
    issuer = new CommandIssuer(geometry, timing, banks, ranks, arbiter, log, rules);
    refresher =
        new Refresher(geometry, timing, banks, ranks, arbiter, issuer, spec.timing().refi());
    slots = new SlotTable();
    port = new RequestPort(number, spec.organization().channels(), map, geometry, slots);
    inFlight = new InFlight(spec.controller().maxInFlight());
    GemvLowering.Cursor cursor = rules == null ? null : lowering.open(spec.organization(), rules);
    pimQueue = new PimQueue(cursor, frontEnd, rules, spec.controller(), log);
    pim =
        rules == null
            ? null
            : new PimSequencer(
                rules, geometry, timing, banks, ranks, pimQueue, arbiter, issuer, refresher, log);
    intake =
        new Intake(spec.controller(), geometry, port, slots, queues, arbiter, pimQueue, inFlight);
    columns =
        new ColumnIssuer(
            geometry, timing, banks, ranks, queues, arbiter, log, slots, inFlight, intake, pim,
            spec.controller().rowHitCap());
    next = refresher.dueAt();
  }

  /** Offers a slot that touches this channel. */
  void submit(Transfer transfer, int slot, long now) {
    port.add(transfer, slot);
    next = Math.min(next, now);
    boundAt = 0;
  }

  /** Offers a GEMV. */
  void submit(GemvBatch batch, int job, long fromCycle, long now) {
    pimQueue.add(batch, job, fromCycle);
    next = Math.min(next, now);
    boundAt = 0;
  }

  /** Issues every command before the given cycle. */
  void advance(long untilCycle) {
    until = untilCycle;
    long cycle = next;
    while (cycle < until) {
      intake.playUntil(cycle);
      refresher.tick(cycle);
      cycle = step(cycle);
    }
    next = cycle;
    if (!intake.idle() || !pimQueue.idle()) {
      intake.playUntil(until);
    }
  }

  /** One cycle; returns the next in which anything may happen. */
  private long step(long cycle) {
    boolean blocked = false;
    if (refresher.nextAt() <= cycle) {
      if (pim != null && pim.busy()) {
        refresher.sleep();
      } else if (refresher.issue(cycle)) {
        if (pim != null) {
          pim.wake();
        }
        return cycle + 1;
      }
    }
    if (pim != null) {
      blocked = pim.blocks(queues.waiting() != 0);
      if (pim.nextAt() <= cycle && pim.issue(cycle)) {
        return cycle + 1;
      }
    }
    long last = blocked ? -1 : issueMem(cycle);
    return Math.max(Math.max(cycle, last) + 1, nextAt(blocked, last));
  }

  private long nextAt(boolean blocked, long lastIssue) {
    long at = Math.min(otherAt(), intake.nextEffect());
    if (!blocked) {
      at = Math.min(at, arbiter.nextAt());
    }
    if (lastIssue >= 0 && pim != null && pim.waits() && queues.waiting() == 0) {
      at = lastIssue + 1;
    }
    return at;
  }

  /** When something other than reads and writes may issue. */
  private long otherAt() {
    long at = Math.min(refresher.dueAt(), refresher.nextAt());
    return pim == null ? at : Math.min(at, pim.nextAt());
  }

  /**
   * Serves a bank; returns the cycle of the last command, -1 if there is none for the given one.
   */
  private long issueMem(long cycle) {
    int bank = arbiter.choose(cycle);
    if (bank < 0) {
      return -1;
    }
    if (arbiter.wantsPrecharge(bank)) {
      issuer.precharge(bank, cycle);
    } else if (!arbiter.wantsActivate(bank)) {
      return columns.issue(bank, cycle)
          ? columns.readOn(geometry.rankOf[bank], cycle, Math.min(until, otherAt()))
          : cycle;
    } else if (arbiter.wantsPimPrecharge(bank)) {
      issuer.pimPrecharge(bank, cycle);
    } else {
      issuer.activate(bank, queues.row(queues.front(bank)), cycle);
    }
    arbiter.turn(bank);
    if (pim != null) {
      pim.wake();
    }
    return cycle;
  }

  /** A lower bound, above now, of the next completion that is not yet known. */
  long horizon(long now) {
    if (slots.idle() && pimQueue.idle()) {
      return NEVER;
    }
    if (boundAt > now + timing.readDelay) {
      return boundAt;
    }
    long soonest = Math.max(next, now);
    boundAt = Math.min(slotBound(soonest, now), gemvBound(soonest));
    return Math.max(now + 1, boundAt);
  }

  private long slotBound(long soonest, long now) {
    if (slots.idle()) {
      return NEVER;
    }
    if (intake.mayAnswer()) {
      return now + 2; // a read that meets a pending write is done two cycles after its acceptance
    }
    if (port.holdsWrites()) {
      return soonest + 1;
    }
    int left = port.waiting() > 0 ? 1 : slots.fewestLeft();
    return soonest + (left - 1L) * burst + timing.readDelay + 1;
  }

  private long gemvBound(long soonest) {
    return pimQueue.idle() ? NEVER : soonest + pim.leastTime();
  }
}
