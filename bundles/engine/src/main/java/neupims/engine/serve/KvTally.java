// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.ServingResult.KvUse;

/** What happens to the KV cache in the window. */
final class KvTally {
  private double peak;
  private long recomputed;
  private long swapped;
  private long deferred;

  /** Forgets what was before the window. */
  void restart() {
    peak = 0;
    recomputed = 0;
    swapped = 0;
    deferred = 0;
  }

  void planned(IterationWork work, double fraction) {
    peak(fraction);
    recomputed += work.recomputed;
    swapped += work.swapped;
    deferred += work.withoutRoom.size();
  }

  void peak(double fraction) {
    peak = Math.max(peak, fraction);
  }

  double peak() {
    return peak;
  }

  KvUse use(ReplicaTimes time, KvBudget budget) {
    double blocks = time.meanAllocatedBlocks();
    double bytes = blocks * budget.blockBytes();
    return new KvUse(
        peak,
        blocks / ((double) budget.regionBlocks() * budget.regions() * time.replicas()),
        bytes == 0 ? 0 : 1 - time.meanUsedBytes() / bytes,
        recomputed,
        swapped,
        time.swapSeconds(),
        deferred);
  }
}
