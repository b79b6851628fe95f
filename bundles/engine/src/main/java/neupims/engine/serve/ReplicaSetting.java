// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.MeasureSpec.Mode;
import neupims.api.run.PrefillSpec;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.schedule.ServingLimits;
import neupims.api.unit.InputException;
import neupims.api.workload.Request;

/** What all replicas of a variant have in common; only its policies change as time passes. */
record ReplicaSetting(
    Variant variant,
    Policies policies,
    Boundary boundary,
    Mode mode,
    KvBudget budget,
    ServingLimits limits,
    BatchRunner runner,
    PromptTimes promptTimes,
    RunObserver observer,
    RunLog log) {
  /** Requests that a scheduler sees waiting, at least; the others wait unread in the source. */
  private static final int LEAST_WINDOW = 1024;

  /**
   * Of a variant.
   *
   * @throws InputException if it asks for what only simulated time has, and takes snapshots
   */
  static ReplicaSetting of(Variant variant, RunSetup setup, Policies policies, Boundary boundary) {
    Wiring wiring = setup.wiring();
    Mode mode = wiring.measured(variant);
    int replicas = variant.serving().replicas().count();
    if (mode == Mode.SNAPSHOTS && replicas > 1) {
      throw new InputException(
          "replicas=%d needs simulated time, and snapshots have none; allowed with snapshots: 1;"
                  .formatted(replicas)
              + " for simulated time give workload.requests or a measure.window that closes, and"
              + " measure.mode=serving");
    }
    if (mode == Mode.SNAPSHOTS && prefill(variant) == PrefillSpec.Mode.SEPARATE) {
      throw new InputException(
          "prefill=separate needs simulated time: with measure.mode=snapshots there is none");
    }
    KvBudget budget = KvBudget.of(variant, wiring);
    BatchRunner runner = new BatchRunner(variant, wiring, policies, setup.device());
    PromptTimes times = new PromptTimes(variant, runner, policies);
    return new ReplicaSetting(
        variant,
        policies,
        boundary,
        mode,
        budget,
        limits(variant),
        runner,
        times,
        setup.observer(),
        setup.log());
  }

  private static PrefillSpec.Mode prefill(Variant variant) {
    return variant.serving().prefill().mode();
  }

  private static ServingLimits limits(Variant variant) {
    int positions = variant.shard().model().maxPositions();
    int budget = variant.serving().tokenBudget();
    return new ServingLimits(
        variant.maxBatch(),
        budget > 0 ? budget : Math.max(positions, variant.maxBatch()),
        positions,
        prefill(variant) == PrefillSpec.Mode.CHUNKED);
  }

  /** Most requests that are taken in and not in service. */
  int window() {
    return Math.max(LEAST_WINDOW, limits.maxBatch());
  }

  /** Why a request can never be served, null when it can. */
  String refusal(Request request) {
    int longest = request.promptTokens() + request.outputTokens() - 1;
    if (!limits.chunks()
        && prefill(variant) == PrefillSpec.Mode.MIXED
        && longest > limits.tokenBudget()) {
      return "prompt and output of %d tokens exceed the budget of %d tokens an iteration"
          .formatted(longest, limits.tokenBudget());
    }
    return budget.refusal(longest);
  }
}
