// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.engine.energy.NpuWork;

/**
 * A task ready to be run.
 *
 * @param run what runs it
 * @param onPim whether it belongs to the chain of PIM tasks
 * @param work what the NPU does for it
 */
record PlannedTask(TaskRun run, boolean onPim, NpuWork work) {}
