// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;
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
  private final int burst;
  private final int waitingInterval;

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
    waitingInterval = rules == null ? 0 : rules.accessIntervalWhileWaiting();
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
  void advance(long until) {
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
    boolean issued = !blocked && issueMem(cycle);
    return Math.max(cycle + 1, nextAt(blocked, issued, cycle));
  }

  private long nextAt(boolean blocked, boolean issued, long cycle) {
    long at = Math.min(refresher.dueAt(), refresher.nextAt());
    at = Math.min(at, intake.nextEffect());
    if (!blocked) {
      at = Math.min(at, arbiter.nextAt());
    }
    if (pim != null) {
      at = Math.min(at, pim.nextAt());
      if (issued && pim.waits() && queues.waiting() == 0) {
        at = cycle + 1;
      }
    }
    return at;
  }

  private boolean issueMem(long cycle) {
    int bank = arbiter.choose(cycle);
    if (bank < 0) {
      return false;
    }
    if (arbiter.wantsPrecharge(bank)) {
      issuer.precharge(bank, cycle);
    } else if (arbiter.wantsActivate(bank)) {
      if (arbiter.wantsPimPrecharge(bank)) {
        issuer.pimPrecharge(bank, cycle);
      } else {
        issuer.activate(bank, queues.row(queues.front(bank)), cycle);
      }
    } else {
      column(bank, cycle);
      return true;
    }
    arbiter.turn(bank);
    if (pim != null) {
      pim.wake();
    }
    return true;
  }

  private void column(int bank, long cycle) {
    boolean write = arbiter.wantsWrite(bank, cycle);
    int run = arbiter.run(bank, write);
    int slot = queues.slot[run];
    Command command = write ? Command.WR : Command.RD;
    log.column(cycle, command, bank, banks.openRow[bank], queues.column[run]);
    banks.hits[bank]++;
    if (write) {
      ranks.wrote(bank, cycle);
      BankState.raise(banks.prechargeAt, bank, cycle + timing.writeToPrecharge);
      intake.wrote();
    } else {
      ranks.read(bank, cycle);
      BankState.raise(banks.prechargeAt, bank, cycle + timing.readToPrecharge);
      inFlight.issued(cycle + timing.readDelay);
    }
    boolean gone = queues.take(bank, run);
    arbiter.served(bank, run, gone);
    if (!write) {
      slots.done(slot, 1, geometry.accessBytes, cycle + timing.readDelay + 1);
    }
    if (pim != null) {
      pim.columnUsed(bank, cycle);
      if (pim.waits()) {
        ranks.holdColumns(cycle + waitingInterval);
      }
    }
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
    boundAt = Math.min(slotBound(soonest), gemvBound(soonest));
    return Math.max(now + 1, boundAt);
  }

  private long slotBound(long soonest) {
    if (slots.idle()) {
      return NEVER;
    }
    if (port.waiting() > 0 || (port.count() > 0 && port.write())) {
      return soonest + 1;
    }
    return soonest + (slots.fewestLeft() - 1L) * burst + timing.readDelay + 1;
  }

  private long gemvBound(long soonest) {
    return pimQueue.idle() ? NEVER : soonest + pim.leastTime();
  }
}
