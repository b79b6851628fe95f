// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * One figure of ours beside a figure of a reference.
 *
 * @param id unique, dotted: suite, component, inputs
 * @param what the figure and its unit
 * @param ours our figure
 * @param reference theirs; 0 for the mean error of a suite
 * @param errorPercent signed difference in percent of the reference; of a mean its size
 * @param boundPercent greatest size of the error that passes
 */
public record ValidationCase(
    String id,
    String what,
    double ours,
    double reference,
    double errorPercent,
    double boundPercent) {

  /** A single figure. */
  public static ValidationCase figure(
      String id, String what, double ours, double reference, double boundPercent) {
    double error = 100 * (ours - reference) / reference;
    return new ValidationCase(id, what, ours, reference, error, boundPercent);
  }

  /** Whether the error is within its bound. */
  public boolean pass() {
    return Math.abs(errorPercent) <= boundPercent;
  }
}
