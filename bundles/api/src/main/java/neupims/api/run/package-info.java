// SPDX-License-Identifier: Apache-2.0
/**
 * Experiments, how they are resolved, run and reported.
 *
 * <pre>
 * files, settings -> Catalog -> Experiment: Variant*       (data; plug-ins still by name)
 * Variant + Plugins -> Simulation -> StepResult, RunResult
 *                        | start -> LiveRun: pause, resume, stop, swap -> events, swaps of the result
 *                        | per iteration: Device + Program -> DeviceSimulator -> DeviceReport
 * RunResult -> ReportWriter -> files
 * </pre>
 */
@Export
@Version("1.4.0")
package neupims.api.run;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
