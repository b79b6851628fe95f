// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RowCurveTest {
  private final RowCurve curve =
      new RowCurve(new int[] {2, 4, 12}, new double[][] {{100, 7}, {140, 9}, {300, 5}});

  @Test
  void aSimulatedNumberOfRowsCostsWhatWasSimulated() {
    assertArrayEquals(new double[] {140, 9}, curve.at(4));
    assertArrayEquals(new double[] {300, 5}, curve.at(12));
  }

  @Test
  void betweenTwoTheCostIsLinear() {
    assertArrayEquals(new double[] {120, 8}, curve.at(3));
    assertArrayEquals(new double[] {140 + 160 * 3 / 8.0, 9 - 4 * 3 / 8.0}, curve.at(7));
  }

  @Test
  void nothingIsSaidOfRowsOutside() {
    assertFalse(curve.covers(1));
    assertTrue(curve.covers(2));
    assertTrue(curve.covers(12));
    assertFalse(curve.covers(13));
  }
}
