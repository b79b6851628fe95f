// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * A figure that a paper gives, and how ours is made of results: the metric of every point that has
 * the labels of {@code of}, or its ratio to that of the point which differs from it by the labels
 * of {@code over}, and of all these one number.
 *
 * @param id unique within the experiment
 * @param what the figure in words
 * @param metric what is compared
 * @param of labels by axis
 * @param over labels by axis; empty for the metric itself instead of a ratio
 * @param take what becomes of several
 * @param paper the paper's number; empty where it gives none
 * @param says the paper's words where it gives no number, or empty
 * @param source where the number or the words are from
 */
public record PaperFigure(
    String id,
    String what,
    ResultMetric metric,
    Map<String, String> of,
    Map<String, String> over,
    Take take,
    OptionalDouble paper,
    String says,
    String source) {
  public PaperFigure {
    of = Map.copyOf(of);
    over = Map.copyOf(over);
  }

  /** What becomes of several points' figures. */
  public enum Take {
    /** Arithmetic mean. */
    MEAN,
    MIN,
    MAX
  }
}
