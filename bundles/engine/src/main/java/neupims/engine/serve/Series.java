// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Arrays;
import java.util.Optional;
import neupims.api.run.Distribution;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Quantile;

/** Values of a quantity, eight bytes each, in the order in which they came. */
final class Series {
  private static final Quantile PERCENTILES =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

  private double[] values = new double[256];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  /** What there is to say of them; empty when there are none. */
  Optional<Distribution> distribution() {
    if (size == 0) {
      return Optional.empty();
    }
    double[] all = Arrays.copyOf(values, size);
    double mean = Mean.of(all).getAsDouble();
    double[] p = PERCENTILES.evaluate(all, 0.5, 0.9, 0.95, 0.99);
    return Optional.of(new Distribution(size, mean, p[0], p[1], p[2], p[3]));
  }
}
