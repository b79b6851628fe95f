// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.Plugins;
import neupims.api.run.RunLog;
import neupims.api.run.RunObserver;

/**
 * What surrounds a variant's loop.
 *
 * @param wiring the plug-ins that are bound for the run
 * @param plugins those that are registered
 * @param device where programs run
 * @param observer hears of the run
 * @param log hears of its details
 * @param failures keeps the input of calls that fail
 */
record RunSetup(
    Wiring wiring,
    Plugins plugins,
    ProgramDevice device,
    RunObserver observer,
    RunLog log,
    FailureFile failures) {

  /** For the same run from the beginning. */
  RunSetup again() {
    return new RunSetup(wiring, plugins, device.again(), observer, log, failures);
  }
}
