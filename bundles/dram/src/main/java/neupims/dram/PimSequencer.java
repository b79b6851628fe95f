// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;
import neupims.api.hw.PimSpec;

/**
 * Issues the commands of a channel's PIM instructions in order, by the rules of its {@link
 * PimSpec}. An instruction may need other commands first: a GWRITE its row in the MEM buffer, a
 * HEADER the PIM buffers free of other rows, a compute step the tile's row in all of them.
 *
 * <p>GWRITE and HEADER are admitted only if they end before the next refresh becomes due; else the
 * PIM waits until that is over [R].
 */
final class PimSequencer {
  private static final long NEVER = Long.MAX_VALUE;

  private final PimSpec pim;
  private final Geometry geometry;
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final PimQueue queue;
  private final MemArbiter arbiter;
  private final RowCommands waitingRows;
  private final CommandIssuer issuer;
  private final Refresher refresher;
  private final CommandLog log;
  private final int operandRow;
  private final TileRows rows;

  private boolean admitted;
  private boolean operandsFresh;
  private boolean tileActive;
  private boolean tileOpen;
  private int tileRow;
  private int resultsLeft;
  private boolean inMode;
  private long retryAt;
  private long computeAt;
  private long resultAt;
  private long gwriteAt;
  private long headerAt;
  private long operandsAt;
  private boolean firstStep = true;

  PimSequencer(
      PimSpec pim,
      Geometry geometry,
      TimingTable timing,
      BankState banks,
      RankState ranks,
      PimQueue queue,
      MemArbiter arbiter,
      RowCommands waitingRows,
      CommandIssuer issuer,
      Refresher refresher,
      CommandLog log) {
    this.pim = pim;
    this.geometry = geometry;
    this.timing = timing;
    this.banks = banks;
    this.ranks = ranks;
    this.queue = queue;
    this.arbiter = arbiter;
    this.waitingRows = waitingRows;
    this.issuer = issuer;
    this.refresher = refresher;
    this.log = log;
    operandRow = geometry.rows - 1;
    rows = new TileRows(pim.banksPerActivate(), geometry, banks, ranks, issuer);
  }

  /** Takes over the state of another channel; neither has anything to do. */
  void copyFrom(PimSequencer other) {
    inMode = other.inMode;
    retryAt = other.retryAt;
    computeAt = other.computeAt;
    resultAt = other.resultAt;
    gwriteAt = other.gwriteAt;
    headerAt = other.headerAt;
    operandsAt = other.operandsAt;
    operandsFresh = other.operandsFresh;
    firstStep = other.firstStep;
  }

  /** Adds the state to an image; there is nothing to do. */
  void show(Image image) {
    image.add(inMode);
    image.addTime(retryAt);
    image.addTime(computeAt);
    image.addTime(resultAt);
    image.addTime(gwriteAt);
    image.addTime(headerAt);
    image.addTime(operandsAt);
    image.add(operandsFresh);
    image.add(firstStep);
  }

  /** Whether something that has been admitted is not done; a refresh waits for it. */
  boolean busy() {
    return admitted || tileActive;
  }

  /** Enters or leaves the mode of a blocked PIM; whether the memory must not issue. */
  boolean blocks(boolean memoryWaits) {
    if (!pim.blocked()) {
      return false;
    }
    boolean mayLeave = !admitted && !tileActive && !operandsFresh;
    if (!queue.hasHead()) {
      inMode &= !mayLeave;
    } else if (!inMode || mayLeave) {
      boolean enter = !memoryWaits;
      if (enter && !inMode) {
        retryAt = 0;
      }
      inMode = enter;
    }
    return inMode;
  }

  /** Whether the PIM may issue: it has something to, and it is in its mode if it needs one. */
  boolean turn() {
    return queue.hasHead() && (inMode || !pim.blocked());
  }

  /** Whether the PIM keeps the memory from issuing while it works. */
  boolean takesMode() {
    return pim.blocked();
  }

  /** Whether a blocked PIM waits for its mode. */
  boolean waits() {
    return pim.blocked() && !inMode && queue.hasHead();
  }

  /** Fewest cycles from the next command to the first job's last result. */
  long leastTime() {
    long result = (long) pim.computeInterval() * (pim.minComputeSteps() + 1);
    long last =
        pim.compositeCommands() && pim.computeHoldsRows() ? result - pim.computeInterval() : 0;
    return (queue.resultsLeft() - 1) * result + last + pim.resultDelay() + 1;
  }

  /** A lower bound of the next cycle at which {@link #issue} does something. */
  long nextAt() {
    return turn() ? retryAt : NEVER;
  }

  /** The bank of the operands was read or written: no GWRITE before the given cycle. */
  void operandsHeld(long until) {
    operandsAt = Math.max(operandsAt, until);
  }

  /** Bank of the operands. */
  int operandBank() {
    return pim.operandBank();
  }

  /** Least distance of reads and writes while a blocked PIM waits for its mode. */
  int accessIntervalWhileWaiting() {
    return pim.accessIntervalWhileWaiting();
  }

  /** Something that the head waited for may be over. */
  void wake() {
    retryAt = 0;
  }

  /**
   * Issues a command for the first instruction.
   *
   * @return whether there was one that may issue now
   */
  boolean issue(long cycle) {
    return switch (queue.headKind()) {
      case GWRITE -> gwrite(cycle);
      case HEADER -> header(cycle);
      case COMPUTE -> compute(cycle);
      case READ_RESULT -> readResult(cycle);
    };
  }

  /**
   * Precharges for the header that waits first, one bank a cycle.
   *
   * @param until first cycle, after the given one, that may belong to somebody else
   * @return the first cycle without a precharge
   */
  long precharge(long cycle, long until) {
    if (!admitted || !queue.hasHead() || queue.headKind() != PimInstruction.Kind.HEADER) {
      return cycle;
    }
    long next = rows.close(queue.headRow(), cycle, until);
    retryAt = Math.max(retryAt, next);
    return next;
  }

  private boolean retry(long at) {
    retryAt = at;
    return false;
  }

  private boolean done(long cycle) {
    retryAt = cycle + 1;
    return true;
  }

  private boolean fits(long cycle, long duration) {
    return !refresher.waiting() && cycle + duration + 1 < refresher.dueAt();
  }

  private boolean gwrite(long cycle) {
    int bank = pim.operandBank();
    int open = banks.openRow[bank];
    if (!admitted) {
      int prepare = open == operandRow ? 0 : open < 0 ? timing.rcd : timing.rp + timing.rcd;
      if (!fits(cycle, (long) prepare + pim.gwriteTime())) {
        return retry(NEVER);
      }
      admitted = true;
    }
    if (banks.dual && banks.pimRow[bank] == operandRow) {
      if (banks.pimPrechargeAt[bank] > cycle) {
        return retry(banks.pimPrechargeAt[bank]);
      }
      issuer.pimPrecharge(bank, cycle);
      return done(cycle);
    }
    if (open == operandRow) {
      return copyOperands(bank, cycle);
    }
    if (open != BankState.CLOSED) {
      if (banks.prechargeAt[bank] > cycle) {
        return retry(banks.prechargeAt[bank]);
      }
      issuer.precharge(bank, cycle);
      return done(cycle);
    }
    int rank = geometry.rankOf[bank];
    long at = Math.max(banks.activateAt[bank], ranks.activateAt(rank));
    at = Math.max(at, ranks.groupActivateAt[geometry.groupOf[bank]]);
    if (at > cycle) {
      return retry(at);
    }
    issuer.activate(bank, operandRow, cycle);
    return done(cycle);
  }

  private boolean copyOperands(int bank, long cycle) {
    long at = Math.max(Math.max(gwriteAt, operandsAt), banks.columnAt[bank]);
    if (at > cycle) {
      return retry(at);
    }
    log.bank(cycle, Command.GWRITE, bank, operandRow, 0);
    long end = cycle + pim.gwriteTime();
    BankState.raise(banks.columnAt, bank, end);
    BankState.raise(banks.prechargeAt, bank, end);
    arbiter.held(bank);
    computeAt = Math.max(computeAt, end);
    headerAt = end;
    admitted = false;
    operandsFresh = true;
    refresher.wake();
    queue.pop(end);
    return done(cycle);
  }

  private boolean header(long cycle) {
    if (headerAt > cycle) {
      return retry(headerAt);
    }
    int row = queue.headRow();
    int toClose = rows.align(row, cycle);
    if (toClose > 0 && rows.nextToClose() < 0) {
      return retry(rows.nextAt());
    }
    if (!admitted) {
      if (!fits(cycle, estimate(toClose))) {
        return retry(NEVER);
      }
      admitted = true;
      tileOpen = false;
      waitingRows.reserve(row);
    }
    if (toClose > 0) {
      issuer.pimPrecharge(rows.nextToClose(), cycle);
      return done(cycle);
    }
    log.all(cycle, Command.PIM_HEADER, row, 1);
    rows.begin(row);
    admitted = false;
    tileActive = true;
    tileRow = row;
    resultsLeft = queue.headResults();
    queue.pop(cycle);
    return done(cycle);
  }

  /** Estimated cycles of the tile that waits first, facts sec. 3 [R]. */
  private long estimate(int misaligned) {
    int steps = Math.max(queue.headSteps(), pim.minComputeSteps());
    return (long) misaligned * pim.computeToPrecharge()
        + (long) timing.faw * (rows.unitsPerRank() - 1)
        + timing.rcd
        + (long) pim.computeInterval() * steps
        + (long) pim.computeInterval() * (queue.headResults() - 1);
  }

  private boolean compute(long cycle) {
    if (!tileOpen && !openTile(cycle)) {
      return rows.nextAt() <= cycle ? done(cycle) : retry(rows.nextAt());
    }
    if (computeAt > cycle) {
      return retry(computeAt);
    }
    int steps = queue.headSteps();
    log.all(cycle, Command.PIM_COMP, tileRow, steps);
    log.computed((long) steps * pim.computeInterval());
    if (!pim.compositeCommands()) {
      separateStep(cycle);
      queue.pop(cycle);
      return done(cycle);
    }
    int busy = pim.computeInterval() * Math.max(steps, pim.minComputeSteps());
    long end = pim.computeHoldsRows() ? cycle + busy : cycle;
    computeAt = cycle + busy + pim.computeInterval();
    log.all(cycle, Command.PIM_RDRES, tileRow, 1);
    afterResult(cycle, end);
    retryAt = tileActive ? computeAt : cycle + 1; // a tile's computations follow each other
    return true;
  }

  /** Whether the tile's row is open everywhere; else opens it where it can be now. */
  private boolean openTile(long cycle) {
    tileOpen = rows.open(tileRow, cycle);
    if (rows.activatedAt() == cycle) {
      computeAt = Math.max(computeAt, cycle + timing.rcd);
    }
    return tileOpen;
  }

  private void separateStep(long cycle) {
    long fill = (long) pim.computeInterval() * pim.minComputeSteps();
    resultAt = Math.max(resultAt, cycle + (firstStep ? fill : pim.computeInterval()));
    firstStep = false;
    computeAt = cycle + pim.computeInterval();
    gwriteAt = cycle + pim.computeToGwrite();
  }

  private boolean readResult(long cycle) {
    if (resultAt > cycle) {
      return retry(resultAt);
    }
    log.all(cycle, Command.PIM_RDRES, tileRow, 1);
    firstStep = true;
    computeAt = cycle + pim.computeInterval();
    afterResult(cycle, cycle);
    return done(cycle);
  }

  /** A vector's last step was issued, ends at the given cycle, and its result is on its way. */
  private void afterResult(long cycle, long end) {
    gwriteAt = end + pim.computeToGwrite();
    ranks.holdColumns(cycle + pim.computeToRead());
    rows.hold(end + pim.computeToPrecharge());
    if (--resultsLeft == 0) {
      tileActive = false;
      operandsFresh = false;
      waitingRows.reserve(BankState.CLOSED);
      refresher.wake();
    }
    queue.pop(end + pim.resultDelay() + 1);
  }
}
