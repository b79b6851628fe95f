// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import neupims.api.run.Catalog;
import neupims.api.run.Conformance;
import neupims.api.run.DeviceComparison;
import neupims.api.run.DropIns;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.Plugins;
import neupims.api.run.RunLogs;
import neupims.api.run.Simulation;
import neupims.api.run.Validation;

/**
 * The platform's services that commands call.
 *
 * @param plugins what is registered
 * @param catalog models, hardware, systems, experiments
 * @param simulation runs them
 * @param comparison finds where two variants part
 * @param micro runs one component alone
 * @param validation compares with reference figures
 * @param logs writes down what happens in runs
 * @param dropIns jars that users dropped in
 * @param conformance tries plug-ins on what their interfaces promise
 */
record Services(
    Plugins plugins,
    Catalog catalog,
    Simulation simulation,
    DeviceComparison comparison,
    MicroBenchmarks micro,
    Validation validation,
    RunLogs logs,
    DropIns dropIns,
    Conformance conformance) {}
