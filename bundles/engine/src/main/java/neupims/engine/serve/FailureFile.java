// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.PluginInfo;
import neupims.api.schedule.GemvEstimator;

/** Keeps the input of a call that came to nothing. */
interface FailureFile {
  /** Keeps nothing. */
  FailureFile NONE = (policy, iteration, input, trouble, estimator) -> "";

  /**
   * Saves it.
   *
   * @param estimator the one that the call had, to be asked for what may be asked for again
   * @return where it is, in words that follow a message; empty if it is nowhere
   */
  String save(
      PluginInfo policy, long iteration, Object input, Trouble trouble, GemvEstimator estimator);
}
