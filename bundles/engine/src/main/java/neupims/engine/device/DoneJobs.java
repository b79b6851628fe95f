// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.GemvBatch;

/** Jobs of a batch that are done and not yet dealt with, by cycle, then by job. */
final class DoneJobs {
  private final GemvBatch batch;
  private final boolean[] seen;
  private final int[] queue;
  private int head;
  private int tail;
  private int known;

  DoneJobs(GemvBatch batch) {
    this.batch = batch;
    seen = new boolean[batch.jobs()];
    queue = new int[batch.jobs()];
  }

  /** Takes in the jobs that are done; whether there were any new ones. */
  boolean update() {
    if (known == batch.doneJobs()) {
      return false;
    }
    known = batch.doneJobs();
    for (int j = 0; j < seen.length; j++) {
      if (!seen[j] && batch.doneCycle(j) >= 0) {
        seen[j] = true;
        insert(j);
      }
    }
    return true;
  }

  private void insert(int job) {
    int at = tail++;
    while (at > head && batch.doneCycle(queue[at - 1]) > batch.doneCycle(job)) {
      queue[at] = queue[at - 1];
      at--;
    }
    queue[at] = job;
  }

  boolean isEmpty() {
    return head == tail;
  }

  /** The earliest of them. */
  int first() {
    return queue[head];
  }

  void removeFirst() {
    head++;
  }
}
