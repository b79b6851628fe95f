// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;

/**
 * What an experiment gave.
 *
 * @param experiment what was simulated
 * @param variants in the order of the experiment
 */
public record RunResult(Experiment experiment, List<VariantResult> variants) {
  public RunResult {
    variants = List.copyOf(variants);
  }
}
