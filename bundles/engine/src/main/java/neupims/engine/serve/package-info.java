// SPDX-License-Identifier: Apache-2.0
/**
 * The serving loop.
 *
 * <pre>
 * LocalSimulation -> Wiring (bound for the run), Policies (live) -> SingleStep | LocalRun: ServingLoop*
 *   ServingLoop: the earliest event of all replicas and the door
 *     Door -> Dispatch (router) -> Mailbox -> Replica      one replica: Door -> Replica
 *   Replica, each iteration: Boundary, Intake, WaitingLine, scheduler, PlanReader, Service, KvAccount, placement
 *     BatchRunner: split -> compiler -> ProgramDevice: JournaledDevice -> SimulatedDevice
 *     Pipeline: one device's stages -> a step over all layers
 *   Chronicle -> ServingTally: the sums of a run
 *   Control (pause, stop, swap; status), swaps of the experiment, Watch (bundles) -> Boundary -> Policies
 *   Policies: CallClock, Trouble -> fallback | end         Happenings: events, swaps as they happened
 * </pre>
 *
 * Every call of a live policy goes through {@link neupims.engine.serve.Policies}, every program
 * through {@link neupims.engine.serve.ProgramDevice}.
 */
package neupims.engine.serve;
