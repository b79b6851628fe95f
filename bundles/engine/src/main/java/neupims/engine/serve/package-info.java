// SPDX-License-Identifier: Apache-2.0
/**
 * The serving loop.
 *
 * <pre>
 * LocalSimulation -> Wiring (plug-ins by name) -> SingleStep | ServingLoop
 *   each iteration: WaitingLine, scheduler, PlanCheck, KvBudget, placement
 *                   BatchRunner: split -> compiler -> DeviceSimulator
 *                   Pipeline: one device's stages -> a step over all layers
 *   RunTally: the sums of a run
 * </pre>
 */
package neupims.engine.serve;
