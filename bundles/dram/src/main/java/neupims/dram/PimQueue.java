// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.ControllerSpec;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.PimSpec;

/**
 * PIM instructions of a channel: jobs in order, instructions that the front end has issued, and the
 * few that wait at the controller for issue. Dealing one of them takes the cycle's transaction [R].
 */
final class PimQueue {
  private static final long NEVER = Long.MAX_VALUE;
  private static final PimInstruction.Kind[] KINDS = PimInstruction.Kind.values();

  private final GemvLowering.Cursor cursor;
  private final FrontEnd frontEnd;
  private final int ready;
  private final int capacity;
  private final int mask;
  private final CommandLog log;
  private final PimInstruction scratch = new PimInstruction();
  private final byte[] kind;
  private final int[] row;
  private final int[] steps;
  private final int[] results;
  private final boolean[] last;

  private long issued;
  private long dealt;
  private long arrived;

  private GemvBatch[] batches = new GemvBatch[16];
  private int[] jobs = new int[16];
  private long[] from = new long[16];
  private int[] headers = new int[16];
  private int firstJob;
  private int endJob;
  private int openJob;
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
    ready = pim == null ? 0 : pim.pimQueue();
    capacity = ready + (pim == null ? 0 : Math.max(1, controller.pimQueue()));
    mask = Integer.highestOneBit(Math.max(1, capacity - 1) * 2) - 1;
    kind = new byte[mask + 1];
    row = new int[mask + 1];
    steps = new int[mask + 1];
    results = new int[mask + 1];
    last = new boolean[mask + 1];
  }

  /** Appends a job. */
  void add(GemvBatch batch, int job, long fromCycle) {
    if (endJob == jobs.length) {
      makeRoom();
    }
    if (idle()) {
      busyFrom = fromCycle;
    }
    batches[endJob] = batch;
    jobs[endJob] = job;
    from[endJob] = fromCycle;
    headers[endJob] = 0;
    endJob++;
  }

  private void makeRoom() {
    int used = endJob - firstJob;
    int room = used > jobs.length / 2 ? jobs.length * 2 : jobs.length;
    GemvBatch[] moreBatches = new GemvBatch[room];
    int[] moreJobs = new int[room];
    long[] moreFrom = new long[room];
    int[] moreHeaders = new int[room];
    System.arraycopy(batches, firstJob, moreBatches, 0, used);
    System.arraycopy(jobs, firstJob, moreJobs, 0, used);
    System.arraycopy(from, firstJob, moreFrom, 0, used);
    System.arraycopy(headers, firstJob, moreHeaders, 0, used);
    batches = moreBatches;
    jobs = moreJobs;
    from = moreFrom;
    headers = moreHeaders;
    openJob -= firstJob;
    firstJob = 0;
    endJob = used;
  }

  /**
   * Plays one cycle: the front end, then the deal of one instruction.
   *
   * @return whether an instruction was dealt
   */
  boolean fetch(long cycle) {
    if (openJob < endJob || arrived > dealt) {
      arrive(cycle);
      if (dealt < arrived && dealt - issued < ready) {
        dealt++;
        return true;
      }
    }
    return false;
  }

  private void arrive(long cycle) {
    while (openJob < endJob && from[openJob] <= cycle && arrived - issued < capacity) {
      if (frontEnd != null && (arrived - dealt >= capacity - ready || !frontEnd.take(cycle))) {
        return;
      }
      decode();
      if (frontEnd != null) {
        return;
      }
    }
  }

  private void decode() {
    GemvBatch batch = batches[openJob];
    int job = jobs[openJob];
    if (!walking) {
      walking = true;
      int tokens = batch.resident(job).sequenceTokens();
      int firstRow = (int) batch.firstTile(job);
      headers[openJob] =
          cursor.start(batch.kind(), tokens, batch.heads(), batch.headDim(), firstRow);
    }
    cursor.next(scratch);
    int at = (int) arrived++ & mask;
    kind[at] = (byte) scratch.kind().ordinal();
    row[at] = scratch.row();
    steps[at] = scratch.steps();
    results[at] = scratch.results();
    last[at] = scratch.last();
    if (scratch.last()) {
      walking = false;
      openJob++;
    }
  }

  /** The earliest cycle in which an instruction may be dealt unless one is issued before. */
  long fetchAt() {
    if (dealt - issued >= ready) {
      return NEVER;
    }
    if (dealt < arrived) {
      return 0;
    }
    return openJob < endJob ? from[openJob] : NEVER;
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
    if (headKind() == PimInstruction.Kind.HEADER) {
      headers[firstJob]--;
    }
    if (last[(int) issued & mask]) {
      batches[firstJob].complete(jobs[firstJob], resultCycle);
      batches[firstJob] = null;
      firstJob++;
      if (firstJob == endJob) {
        firstJob = 0;
        endJob = 0;
        openJob = 0;
        log.pimBusy(resultCycle - busyFrom);
      }
    }
    issued++;
  }

  /** Headers of the first job that are still to be issued, as far as known. */
  int headersLeft() {
    return headers[firstJob];
  }

  /** Whether no job is under way. */
  boolean idle() {
    return firstJob == endJob;
  }
}
