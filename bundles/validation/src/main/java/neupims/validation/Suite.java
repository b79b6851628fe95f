// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import neupims.api.run.ValidationCase;

/** Cases of one kind, with the mean of their errors as a case of its own. */
final class Suite {
  private final String name;
  private final double meanBoundPercent;
  private final Consumer<ValidationCase> observer;
  private final List<ValidationCase> cases = new ArrayList<>();
  private double logSum;
  private int inMean;

  /**
   * A suite.
   *
   * @param name first part of the ids
   * @param meanBoundPercent bound of the geometric mean of the errors' sizes
   * @param observer hears of each case
   */
  Suite(String name, double meanBoundPercent, Consumer<ValidationCase> observer) {
    this.name = name;
    this.meanBoundPercent = meanBoundPercent;
    this.observer = observer;
  }

  /** Adds a figure that counts towards the mean. */
  void add(String id, String what, double ours, double reference, double boundPercent) {
    logSum += Math.abs(Math.log(ours / reference));
    inMean++;
    addAlone(id, what, ours, reference, boundPercent);
  }

  /** Adds a figure that does not. */
  void addAlone(String id, String what, double ours, double reference, double boundPercent) {
    add(ValidationCase.figure(name + "." + id, what, ours, reference, boundPercent));
  }

  /** All cases and the mean. */
  List<ValidationCase> close() {
    double mean = 100 * (Math.exp(logSum / inMean) - 1);
    add(
        new ValidationCase(
            name + ".mean",
            "geometric mean of the errors of " + inMean + " cases, percent",
            mean,
            0,
            mean,
            meanBoundPercent));
    return cases;
  }

  private void add(ValidationCase c) {
    cases.add(c);
    observer.accept(c);
  }
}
