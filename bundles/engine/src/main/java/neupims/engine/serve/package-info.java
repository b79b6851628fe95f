// SPDX-License-Identifier: Apache-2.0
/**
 * The serving loop.
 *
 * <pre>
 * LocalSimulation -> Wiring (plug-ins by name) -> SingleStep | ServingLoop
 *   ServingLoop: the earliest event of all replicas and the door
 *     Door -> Dispatch (router) -> Mailbox -> Replica      one replica: Door -> Replica
 *   Replica, each iteration: Intake, WaitingLine, scheduler, PlanReader, Service, KvAccount, placement
 *     BatchRunner: split -> compiler -> DeviceSimulator
 *     Pipeline: one device's stages -> a step over all layers
 *   ServingTally: the sums of a run
 * </pre>
 */
package neupims.engine.serve;
