// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.Transfer;

/** When the units of a device had work in a stage, in memory cycles. Steps are noted as placed. */
final class StageSpans {
  private static final long NEVER = -1;

  private final Spans steps = new Spans();
  private final Spans npuTasks = new Spans();
  private final Spans transfers = new Spans();
  private final long[] lastGemv;

  StageSpans(int channels) {
    lastGemv = new long[channels];
    clear();
  }

  /** Begins another stage. */
  void clear() {
    steps.clear();
    npuTasks.clear();
    transfers.clear();
    Arrays.fill(lastGemv, NEVER);
  }

  /** A step of the NPU, from its start to its result. */
  void step(long start, long result) {
    steps.add(start, result);
  }

  /** A task of the NPU. */
  void npuTask(long start, long finish) {
    npuTasks.add(start, finish);
  }

  /** A transfer that is done: its slots were under way from their offer to their completion. */
  void transfer(Transfer transfer) {
    for (int s = 0; s < transfer.slots(); s++) {
      transfers.add(transfer.fromCycle(s), transfer.doneCycle(s));
    }
  }

  /** GEMVs that are done. */
  void gemvs(GemvBatch batch) {
    for (int j = 0; j < batch.jobs(); j++) {
      int channel = batch.resident(j).channel();
      lastGemv[channel] = Math.max(lastGemv[channel], batch.doneCycle(j));
    }
  }

  /** Steps of the NPU. */
  Spans steps() {
    return steps;
  }

  /** Tasks of the NPU. */
  Spans npuTasks() {
    return npuTasks;
  }

  /** Reads and writes of the NPU that were under way. */
  Spans transfers() {
    return transfers;
  }

  /** When a channel's last GEMV was done, negative when it had none. */
  long lastGemv(int channel) {
    return lastGemv[channel];
  }
}
