// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;

/**
 * How soon the jobs of a GEMV batch can be done at best: a channel's jobs run one after the other,
 * none faster than all its multipliers allow. Only a lower bound, so that the engine may look
 * ahead.
 */
final class GemvPace {
  private final GemvBatch batch;
  private final int[][] jobs;
  private final int[] head;
  private final long[] since;
  private final long[] least;
  private int seen;

  GemvPace(GemvBatch batch, long from, Organization organization, PimSpec pim) {
    this.batch = batch;
    int channels = organization.channels();
    int[] count = new int[channels];
    for (int j = 0; j < batch.jobs(); j++) {
      count[batch.resident(j).channel()]++;
    }
    jobs = new int[channels][];
    head = new int[channels];
    since = new long[channels];
    for (int c = 0; c < channels; c++) {
      jobs[c] = new int[count[c]];
      since[c] = from;
    }
    least = new long[batch.jobs()];
    long perCompute = (long) organization.banks() * pim.multipliersPerBank();
    int[] at = new int[channels];
    for (int j = 0; j < batch.jobs(); j++) {
      int channel = batch.resident(j).channel();
      jobs[channel][at[channel]++] = j;
      long products = (long) batch.resident(j).sequenceTokens() * batch.shape().width();
      // The pipeline's tail may overlap with the next job's start.
      long cycles = products / perCompute * pim.computeInterval();
      least[j] = Math.max(0, cycles - pim.resultDelay() - pim.gwriteTime());
    }
  }

  /** Takes in the jobs that are done. */
  void update() {
    if (seen == batch.doneJobs()) {
      return;
    }
    seen = batch.doneJobs();
    for (int c = 0; c < jobs.length; c++) {
      while (head[c] < jobs[c].length && batch.doneCycle(jobs[c][head[c]]) >= 0) {
        since[c] = batch.doneCycle(jobs[c][head[c]++]);
      }
    }
  }

  /** No job is done before this cycle that is not done already. */
  long soonestNext() {
    long soonest = Long.MAX_VALUE;
    for (int c = 0; c < jobs.length; c++) {
      if (head[c] < jobs[c].length) {
        soonest = Math.min(soonest, since[c] + least[jobs[c][head[c]]]);
      }
    }
    return soonest;
  }
}
