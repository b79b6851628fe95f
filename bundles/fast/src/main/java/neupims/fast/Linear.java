// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/** Linear least squares; of equally good solutions the one with the smallest coefficients. */
final class Linear {
  private Linear() {}

  /** Least squares of relative errors; every observed number is over 0. */
  static double[] relative(List<double[]> features, double[] observed) {
    List<double[]> shares = new ArrayList<>();
    double[] ones = new double[observed.length];
    for (int i = 0; i < observed.length; i++) {
      double[] row = features.get(i).clone();
      for (int j = 0; j < row.length; j++) {
        row[j] /= observed[i];
      }
      shares.add(row);
      ones[i] = 1;
    }
    return fit(shares, ones);
  }

  static double[] fit(List<double[]> features, double[] observed) {
    double[][] rows = features.toArray(double[][]::new);
    // Columns are brought to one size, or the solver takes small ones for noise.
    double[] scale = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < scale.length; i++) {
        scale[i] = Math.max(scale[i], Math.abs(row[i]));
      }
    }
    double[][] scaled = new double[rows.length][scale.length];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < scale.length; i++) {
        scaled[r][i] = scale[i] == 0 ? 0 : rows[r][i] / scale[i];
      }
    }
    var solver =
        new SingularValueDecomposition(new Array2DRowRealMatrix(scaled, false)).getSolver();
    double[] coefficients = solver.solve(new ArrayRealVector(observed)).toArray();
    for (int i = 0; i < scale.length; i++) {
      coefficients[i] = scale[i] == 0 ? 0 : coefficients[i] / scale[i];
    }
    return coefficients;
  }

  static double at(double[] coefficients, double[] features) {
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      sum += coefficients[i] * features[i];
    }
    return sum;
  }
}
