// SPDX-License-Identifier: Apache-2.0
/**
 * Runs a program on an NPU and a memory, jumping from event to event.
 *
 * <pre>
 * DeviceEngine -- plans every kernel, lays out memory --&gt; ProgramRun
 * ProgramRun   -- one after the other --&gt; StageRun
 * StageRun     -- tasks whose inputs are there --&gt; TaskRun: PlanRun (NPU), LogitRun, AttendRun (PIM)
 *
 *      TaskRun --- transfers, GEMVs with a start cycle --&gt; Outbox ---&gt; MemorySession
 *         ^                                                               |
 *         '------------------ completions, at most up to ----------------'
 *                             the earliest cycle at which a TaskRun
 *                             could offer something not yet known
 * </pre>
 *
 * That earliest cycle, {@link neupims.engine.device.TaskRun#nextUnknown}, is what makes the
 * simulation conservative and fast: nothing is ever offered in the memory's past, and where nothing
 * can happen the memory runs on undisturbed.
 *
 * <p>Ties: transfers of one cycle are offered in the order of the stage's tasks; vector work that
 * is ready in one cycle goes in the same order. The result does not depend on how far a memory
 * looks ahead.
 */
package neupims.engine.device;
