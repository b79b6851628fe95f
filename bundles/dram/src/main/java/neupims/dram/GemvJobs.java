// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;
import neupims.api.hw.GemvBatch;

/**
 * A channel's GEMV jobs, first in, first out. Three places in the line move on their own: the job
 * whose instructions the front end issues, the one being decoded, and the one being executed.
 */
final class GemvJobs {
  private static final long NEVER = Long.MAX_VALUE;

  private GemvBatch[] batch = new GemvBatch[16];
  private int[] job = new int[16];
  private long[] from = new long[16];
  private int[] unissued = new int[16];
  private int[] results = new int[16];
  private int executing;
  private int decoding;
  private int arriving;
  private int end;

  /** Appends a job. */
  void add(GemvBatch ofBatch, int number, long fromCycle, int instructions, int resultCount) {
    if (end == job.length) {
      makeRoom();
    }
    batch[end] = ofBatch;
    job[end] = number;
    from[end] = fromCycle;
    unissued[end] = instructions;
    results[end] = resultCount;
    end++;
  }

  private void makeRoom() {
    int used = end - executing;
    int room = used > job.length / 2 ? job.length * 2 : job.length;
    batch = Arrays.copyOf(Arrays.copyOfRange(batch, executing, end), room);
    job = Arrays.copyOf(Arrays.copyOfRange(job, executing, end), room);
    from = Arrays.copyOf(Arrays.copyOfRange(from, executing, end), room);
    unissued = Arrays.copyOf(Arrays.copyOfRange(unissued, executing, end), room);
    results = Arrays.copyOf(Arrays.copyOfRange(results, executing, end), room);
    decoding -= executing;
    arriving -= executing;
    executing = 0;
    end = used;
  }

  /** Whether no job is under way. */
  boolean isEmpty() {
    return executing == end;
  }

  /** Whether the front end may issue an instruction in the given cycle. */
  boolean mayArrive(long cycle) {
    return arriving < end && from[arriving] <= cycle;
  }

  /** When the front end may issue the next instruction. */
  long arriveFrom() {
    return arriving < end ? from[arriving] : NEVER;
  }

  /** The front end has issued an instruction. */
  void arrived() {
    if (--unissued[arriving] == 0) {
      arriving++;
    }
  }

  /** Whether an instruction may be decoded in the given cycle. */
  boolean mayOpen(long cycle) {
    return decoding < end && from[decoding] <= cycle;
  }

  /** When the next instruction may be decoded. */
  long openFrom() {
    return decoding < end ? from[decoding] : NEVER;
  }

  /** Points a cursor to the job to be decoded. */
  void start(GemvLowering.Cursor cursor) {
    GemvBatch whole = batch[decoding];
    int number = job[decoding];
    cursor.start(
        whole.kind(),
        whole.resident(number).sequenceTokens(),
        whole.shape(),
        (int) whole.firstTile(number));
  }

  /** The job to be decoded has been. */
  void opened() {
    decoding++;
  }

  /** A result of the job that is executed is on its way. */
  void resultIssued() {
    results[executing]--;
  }

  /** Results of the job that is executed which are still to be read. */
  int resultsLeft() {
    return results[executing];
  }

  /** The job that is executed is done at the given cycle. */
  void complete(long cycle) {
    batch[executing].complete(job[executing], cycle);
    batch[executing] = null;
    executing++;
    if (executing == end) {
      executing = 0;
      decoding = 0;
      arriving = 0;
      end = 0;
    }
  }
}
