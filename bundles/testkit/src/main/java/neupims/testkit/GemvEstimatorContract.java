// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import org.junit.jupiter.api.Test;

/** What every {@link GemvEstimator} must do. */
public abstract class GemvEstimatorContract {
  private static final List<GemvShape> SHAPES =
      List.of(
          Cases.SHAPE,
          new GemvShape(32, 128, 512, 32),
          new GemvShape(14, 128, 512, 32),
          new GemvShape(1, 64, 1024, 16),
          new GemvShape(3, 80, 512, 64));

  /** The estimator under test, a new one at each call. */
  protected abstract GemvEstimator estimator();

  /** Attention takes time. */
  @Test
  public void everyEstimateIsPositive() {
    for (GemvShape shape : SHAPES) {
      assertTrue(estimator().estimateCycles(shape, 1) > 0, shape.toString());
    }
  }

  /** A longer request never costs less, and one of full length costs more than one token. */
  @Test
  public void aLongerSequenceNeverCostsLess() {
    for (GemvShape shape : SHAPES) {
      GemvEstimator estimator = estimator();
      for (int tokens = 2; tokens <= Cases.MAX_TOKENS; tokens++) {
        long shorter = estimator.estimateCycles(shape, tokens - 1);
        long longer = estimator.estimateCycles(shape, tokens);
        assertTrue(longer >= shorter, shape + " at " + tokens + " tokens");
      }
      assertTrue(
          estimator.estimateCycles(shape, Cases.MAX_TOKENS) > estimator.estimateCycles(shape, 1));
    }
  }

  /** More heads never cost less. */
  @Test
  public void moreHeadsNeverCostLess() {
    for (GemvShape shape : SHAPES) {
      GemvShape twice =
          new GemvShape(2 * shape.heads(), shape.headDim(), shape.rowValues(), shape.banks());
      assertTrue(
          estimator().estimateCycles(twice, 300) >= estimator().estimateCycles(shape, 300),
          shape.toString());
    }
  }

  /** The answer depends on the arguments alone, neither on earlier calls nor on the instance. */
  @Test
  public void theSameRequestGetsTheSameEstimate() {
    GemvEstimator used = estimator();
    for (int tokens = 1; tokens <= Cases.MAX_TOKENS; tokens++) {
      long first = used.estimateCycles(Cases.SHAPE, tokens);
      used.estimateCycles(SHAPES.get(tokens % SHAPES.size()), Cases.MAX_TOKENS - tokens + 1);
      assertEquals(first, used.estimateCycles(Cases.SHAPE, tokens));
      assertEquals(first, estimator().estimateCycles(Cases.SHAPE, tokens));
    }
  }
}
