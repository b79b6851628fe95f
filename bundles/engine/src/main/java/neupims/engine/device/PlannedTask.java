// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.program.Kernel;
import neupims.engine.energy.NpuWork;

/**
 * A task ready to be run.
 *
 * @param run what runs it
 * @param chain the tasks that it takes turns with
 * @param work what the NPU does for it
 */
record PlannedTask(TaskRun run, Kernel.Chain chain, NpuWork work) {}
