// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

/**
 * A task ready to be run.
 *
 * @param run what runs it
 * @param onPim whether it belongs to the chain of PIM tasks
 * @param macs multiply-accumulates that the NPU does for it
 */
record PlannedTask(TaskRun run, boolean onPim, long macs) {}
