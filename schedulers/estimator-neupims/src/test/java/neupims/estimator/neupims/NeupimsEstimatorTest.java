// SPDX-License-Identifier: Apache-2.0
package neupims.estimator.neupims;

import static org.junit.jupiter.api.Assertions.assertEquals;

import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.testkit.GemvEstimatorContract;
import org.junit.jupiter.api.Test;

final class NeupimsEstimatorTest extends GemvEstimatorContract {
  /** GPT3-7B, TP 4: 8 heads of 128; rows of 512 values, 32 banks. */
  private static final GemvShape SHAPE = new GemvShape(8, 128, 512, 32);

  @Override
  protected GemvEstimator estimator() {
    return new NeupimsEstimator();
  }

  @Test
  void agreesWithTheWorkedExampleOfThreeHundredTokens() {
    assertEquals(3880, NeupimsEstimator.logitCycles(SHAPE, 300));
    assertEquals(6688, NeupimsEstimator.attendCycles(SHAPE, 300));
    assertEquals(3880 + 6688, estimator().estimateCycles(SHAPE, 300));
  }

  @Test
  void anotherTileOfKeysBeginsWithTheTokenAfterEveryThirtyTwo() {
    int chunks = 2;
    assertEquals(0, logitStep(319, 320));
    assertEquals(chunks * 184, logitStep(320, 321));
  }

  @Test
  void anotherChunkOfValuesBeginsWithTheTokenAfterARow() {
    int heads = 8;
    long chunk = 100 + 4 * 184;
    assertEquals(heads * chunk, NeupimsEstimator.attendCycles(SHAPE, 512));
    assertEquals(2 * heads * chunk, NeupimsEstimator.attendCycles(SHAPE, 513));
  }

  @Test
  void partOfARowOfQueriesIsAChunkOfItsOwn() {
    // 5 heads of 128 are 640 values: a full row and a quarter.
    GemvShape shape = new GemvShape(5, 128, 512, 32);
    assertEquals(2 * (100 + 184), NeupimsEstimator.logitCycles(shape, 32));
  }

  private static long logitStep(int from, int to) {
    return NeupimsEstimator.logitCycles(SHAPE, to) - NeupimsEstimator.logitCycles(SHAPE, from);
  }
}
