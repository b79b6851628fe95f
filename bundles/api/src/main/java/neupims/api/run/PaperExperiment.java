// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Map;

/**
 * An experiment of a published paper: every combination of some choices, and the figures that the
 * paper gives for them.
 *
 * @param name of the experiment
 * @param title what it is, a sentence
 * @param byDefault whether it runs when nobody names one
 * @param partOf the experiment whose points include all of its points; empty when there is none
 * @param axes what varies, each choice with its labels, in the order of the file
 * @param points the combinations, in the order of the experiment's variants
 * @param figures what is compared
 */
public record PaperExperiment(
    String name,
    String title,
    boolean byDefault,
    String partOf,
    Map<String, List<String>> axes,
    List<Point> points,
    List<PaperFigure> figures) {
  public PaperExperiment {
    points = List.copyOf(points);
    figures = List.copyOf(figures);
  }

  /**
   * One combination.
   *
   * @param variant name of the variant that runs it
   * @param at the label on each axis
   */
  public record Point(String variant, Map<String, String> at) {
    public Point {
      at = Map.copyOf(at);
    }
  }
}
