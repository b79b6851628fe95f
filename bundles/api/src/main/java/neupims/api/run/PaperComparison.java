// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.OptionalDouble;

/**
 * A paper's figure beside ours.
 *
 * @param figure the paper's
 * @param ours from the points that were simulated to their end; empty when there is none
 * @param points how many those are
 * @param of how many there should be
 */
public record PaperComparison(PaperFigure figure, OptionalDouble ours, int points, int of) {
  /** Ours over the paper's; empty when one of them is not there. */
  public OptionalDouble ratio() {
    return ours.isPresent() && figure.paper().isPresent()
        ? OptionalDouble.of(ours.getAsDouble() / figure.paper().getAsDouble())
        : OptionalDouble.empty();
  }
}
