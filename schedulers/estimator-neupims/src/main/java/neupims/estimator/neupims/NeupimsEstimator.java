// SPDX-License-Identifier: Apache-2.0
package neupims.estimator.neupims;

import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * The MHA latency estimate ([P] sec. 5, algorithm 1; ceilings and constants [R]): each chunk of the
 * vector costs a GWRITE, each tile of the matrix under it a header, its activates and a GEMV.
 *
 * <pre>
 * K q:     ceil(E' / P) * (Lg + ceil(S / B) * Lt)         E' = heads * headDim
 * V logit: ceil(S / P) * heads * (Lg + ceil(headDim / B) * Lt)
 * </pre>
 *
 * with sequence length S, row values P and banks B.
 */
@Component(
    property = "service.description=NeuPIMs' algorithm 1: GWRITEs and tiles of K q and logit V")
@NeupimsName("neupims")
public final class NeupimsEstimator implements GemvEstimator {
  /** Lg: memory cycles of a GWRITE [R]. */
  private static final long GWRITE_CYCLES = 100;

  /** Lt: memory cycles of a tile [R]. */
  private static final long TILE_CYCLES = 184;

  @Override
  public long estimateCycles(GemvShape shape, int sequenceTokens) {
    return logitCycles(shape, sequenceTokens) + attendCycles(shape, sequenceTokens);
  }

  static long logitCycles(GemvShape shape, int sequenceTokens) {
    long chunks = ceilDiv((long) shape.heads() * shape.headDim(), shape.rowValues());
    return chunks * chunkCycles(ceilDiv(sequenceTokens, shape.banks()));
  }

  static long attendCycles(GemvShape shape, int sequenceTokens) {
    long chunks = ceilDiv(sequenceTokens, shape.rowValues()) * shape.heads();
    return chunks * chunkCycles(ceilDiv(shape.headDim(), shape.banks()));
  }

  private static long chunkCycles(long tiles) {
    return GWRITE_CYCLES + tiles * TILE_CYCLES;
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }
}
