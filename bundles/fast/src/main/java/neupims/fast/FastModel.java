// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.Map;
import java.util.Optional;

/**
 * The fitted model.
 *
 * @param chains curve of each chain of NPU tasks, by its shapes
 * @param pim attention on the PIM, null where the compiler puts none there
 * @param npu attention on the NPU, null where the compiler puts none there
 * @param overlap chain and PIM together
 * @param receive what comes over a link, null where nothing does
 * @param energyKnown whether the hardware says what it draws
 * @param fitSamples command-level simulations behind it
 * @param heldOut batches that the errors are of
 * @param meanErrorPercent mean absolute error of a step over them
 * @param maxErrorPercent highest
 * @param biasPercent mean error with its sign
 */
record FastModel(
    Map<String, RowCurve> chains,
    AttentionFit pim,
    AttentionFit npu,
    Overlap overlap,
    ReceiveFit receive,
    boolean energyKnown,
    int fitSamples,
    int heldOut,
    double meanErrorPercent,
    double maxErrorPercent,
    double biasPercent) {

  FastModel withErrors(int samples, int batches, double mean, double max, double bias) {
    return new FastModel(
        chains, pim, npu, overlap, receive, energyKnown, samples, batches, mean, max, bias);
  }

  boolean covers(StageWork work) {
    RowCurve curve = chains.get(work.chain());
    return (!work.hasChain() || curve != null && curve.covers(work.rows()))
        && (!work.hasAttention() || attention(work) != null)
        && (!work.receives() || receive != null);
  }

  AttentionFit attention(StageWork work) {
    return work.onPim() ? pim : npu;
  }

  /** Cost of the chain alone, with the times of its tasks. */
  Optional<double[]> chain(StageWork work) {
    return work.hasChain()
        ? Optional.of(chains.get(work.chain()).at(work.rows()))
        : Optional.empty();
  }

  /**
   * Cost of a stage from those of its parts, either of which may be missing.
   *
   * @param cycles of both together, where the attention is on the PIM
   */
  double[] together(Optional<double[]> chain, Optional<double[]> attention, double cycles) {
    double[] n = chain.orElse(new double[Cost.COUNT]);
    double[] p = attention.orElse(new double[Cost.COUNT]);
    double[] both = new double[Cost.COUNT];
    for (int q = 0; q < both.length; q++) {
      both[q] = n[q] + p[q];
    }
    double saved = both[Cost.CYCLES] - cycles;
    both[Cost.CYCLES] = cycles;
    for (int kind = 0; kind < overlap.idleJoules().length; kind++) {
      both[Cost.NPU_JOULES + kind] -= saved * overlap.idleJoules()[kind];
    }
    return both;
  }
}
