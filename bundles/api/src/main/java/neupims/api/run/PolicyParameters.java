// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.unit.Parameters;

/**
 * Values of the policies' own parameters.
 *
 * @param scheduler of the batch scheduler
 * @param placement of the placement policy
 * @param split of the sub-batch policy
 */
public record PolicyParameters(Parameters scheduler, Parameters placement, Parameters split) {
  /** No policy has parameters. */
  public static final PolicyParameters NONE =
      new PolicyParameters(Parameters.NONE, Parameters.NONE, Parameters.NONE);
}
