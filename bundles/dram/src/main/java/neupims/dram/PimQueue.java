// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.ControllerSpec;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.PimSpec;

/**
 * PIM instructions of a channel: those that a shared front end has still to issue, those that it
 * has issued, and the few that wait at the controller. Dealing one of them to the controller takes
 * the cycle's transaction [R]; only then is it decoded from its job.
 */
final class PimQueue {
  private static final long NEVER = Long.MAX_VALUE;
  private static final PimInstruction.Kind[] KINDS = PimInstruction.Kind.values();

  private final GemvLowering.Cursor cursor;
  private final FrontEnd frontEnd;
  private final CommandLog log;
  private final GemvJobs jobs;
  private final int ready;
  private final long backlogLimit;
  private final int mask;
  private final PimInstruction scratch = new PimInstruction();
  private final byte[] kind;
  private final int[] row;
  private final int[] steps;
  private final int[] results;
  private final boolean[] last;

  private long issued;
  private long dealt;
  private long arrived;
  private boolean walking;
  private long busyFrom;

  PimQueue(
      GemvLowering.Cursor cursor,
      FrontEnd frontEnd,
      PimSpec pim,
      ControllerSpec controller,
      CommandLog log) {
    this.cursor = cursor;
    this.frontEnd = frontEnd;
    this.log = log;
    jobs = new GemvJobs();
    ready = pim == null ? 0 : pim.pimQueue();
    backlogLimit = controller.pimQueue() == 0 ? NEVER : controller.pimQueue();
    mask = Integer.highestOneBit(Math.max(1, ready - 1) * 2) - 1;
    kind = new byte[mask + 1];
    row = new int[mask + 1];
    steps = new int[mask + 1];
    results = new int[mask + 1];
    last = new boolean[mask + 1];
  }

  /** Appends a job. */
  void add(GemvBatch batch, int job, long fromCycle) {
    if (jobs.isEmpty()) {
      busyFrom = fromCycle;
    }
    int tokens = batch.resident(job).sequenceTokens();
    int instructions = cursor.instructions(batch.kind(), tokens, batch.shape());
    int resultReads = cursor.results(batch.kind(), tokens, batch.shape());
    jobs.add(batch, job, fromCycle, instructions, resultReads);
  }

  /**
   * Plays one cycle: the front end, then the deal of one instruction.
   *
   * @return whether an instruction was dealt
   */
  boolean fetch(long cycle) {
    if (jobs.isEmpty()) {
      return false;
    }
    if (frontEnd != null
        && jobs.mayArrive(cycle)
        && arrived - dealt < backlogLimit
        && frontEnd.take(cycle)) {
      jobs.arrived();
      arrived++;
    }
    if (dealt - issued < ready && (frontEnd == null ? jobs.mayOpen(cycle) : dealt < arrived)) {
      deal();
      return true;
    }
    return false;
  }

  private void deal() {
    if (!walking) {
      walking = true;
      jobs.start(cursor);
    }
    cursor.next(scratch);
    int at = (int) dealt++ & mask;
    kind[at] = (byte) scratch.kind().ordinal();
    row[at] = scratch.row();
    steps[at] = scratch.steps();
    results[at] = scratch.results();
    last[at] = scratch.last();
    if (scratch.last()) {
      walking = false;
      jobs.opened();
    }
  }

  /**
   * The earliest cycle, from the given one on, in which an instruction may be dealt unless one is
   * issued before.
   */
  long fetchAt(long cycle) {
    if (dealt - issued >= ready) {
      return NEVER;
    }
    if (frontEnd == null) {
      return jobs.openFrom();
    }
    return dealt < arrived ? cycle : arriveAt(cycle);
  }

  /** The earliest cycle, from the given one on, in which the front end may issue an instruction. */
  long arriveAt(long cycle) {
    if (frontEnd == null || arrived - dealt >= backlogLimit) {
      return NEVER;
    }
    long from = jobs.arriveFrom();
    return from == NEVER ? NEVER : frontEnd.nextFree(Math.max(cycle, from));
  }

  /** Whether a shared front end may have instructions for the channel. */
  boolean mayArrive() {
    return frontEnd != null && jobs.arriveFrom() != NEVER;
  }

  /** Instructions that have been issued so far. */
  long issued() {
    return issued;
  }

  /** Whether an instruction waits for issue. */
  boolean hasHead() {
    return issued < dealt;
  }

  /** What waits first for issue. */
  PimInstruction.Kind headKind() {
    return KINDS[kind[(int) issued & mask]];
  }

  /** Row of the instruction that waits first. */
  int headRow() {
    return row[(int) issued & mask];
  }

  /** Steps of the instruction that waits first. */
  int headSteps() {
    return steps[(int) issued & mask];
  }

  /** Result reads of the instruction that waits first. */
  int headResults() {
    return results[(int) issued & mask];
  }

  /** Drops the instruction that waits first, whose result is there at the given cycle. */
  void pop(long resultCycle) {
    int at = (int) issued & mask;
    if (results[at] > 0 && kind[at] != PimInstruction.Kind.HEADER.ordinal()) {
      jobs.resultIssued();
    }
    if (last[at]) {
      jobs.complete(resultCycle);
      if (jobs.isEmpty()) {
        log.pimBusy(resultCycle - busyFrom);
      }
    }
    issued++;
  }

  /** Results of the first job that are still to be read, at least 1. */
  int resultsLeft() {
    return jobs.resultsLeft();
  }

  /** Whether no job is under way. */
  boolean idle() {
    return jobs.isEmpty();
  }
}
