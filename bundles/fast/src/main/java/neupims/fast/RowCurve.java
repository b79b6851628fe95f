// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.Arrays;

/**
 * Cost of a chain of NPU tasks over its rows: linear between simulated numbers of rows.
 *
 * @param rows ascending
 * @param costs of each: the quantities of {@link Cost}, then start and finish of each task
 */
record RowCurve(int[] rows, double[][] costs) {
  boolean covers(int count) {
    return count >= rows[0] && count <= rows[rows.length - 1];
  }

  double[] at(int count) {
    int found = Arrays.binarySearch(rows, count);
    if (found >= 0) {
      return costs[found].clone();
    }
    int high = -found - 1;
    double part = (count - rows[high - 1]) / (double) (rows[high] - rows[high - 1]);
    double[] low = costs[high - 1];
    double[] between = new double[low.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = low[i] + part * (costs[high][i] - low[i]);
    }
    return between;
  }
}
