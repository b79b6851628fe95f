// SPDX-License-Identifier: Apache-2.0
/**
 * The channel engine: DRAM and PIM at command level, without ticking. A memory model is a
 * specification (timing and rule table, data) plus, for a PIM, a {@link neupims.dram.GemvLowering}.
 *
 * <pre>
 * DramMemory.open(spec, lowering) --&gt; DramSession --- one clock, many channels
 *   SlotParts, Cohorts: who gets what,    |
 *   which channels have to be played      |
 *                                         |
 *   Transfer --&gt; RequestPort --&gt; Intake --|--&gt; BankQueues        one channel:
 *             AcceptStage, DealStage -'   |        |             Channel: time, refresh, choice
 *                       WriteBuffer       |        v             MemArbiter, RowCommands: what banks need
 *                                         |   MemScheduler       AccessOrder: OldestFirst, RoundRobin
 *   GemvBatch --&gt; GemvJobs --&gt; PimQueue --+--&gt; PimSequencer      BankState, RankState: earliest issue
 *                                         |     TileRows
 *                                         '--&gt; CommandIssuer, CommandLog --&gt; CommandSink, MemoryCounters
 * </pre>
 *
 * A channel issues at most one command a cycle. After a command the next candidate's earliest cycle
 * follows from the times that the command set, so the channel jumps there; queues and ports are
 * played up to that cycle in between. Channels whose states are the same are played once. Which
 * rule explains which figure of the reference is in the bundle's README.
 */
@Export
@Version("1.0.0")
package neupims.dram;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
