// SPDX-License-Identifier: Apache-2.0
/**
 * Proves that a command trace is legal. Shares no code with the engine that makes the trace: it
 * knows only the specification and what was issued before.
 *
 * <pre>
 * CommandSink.command --&gt; TimingChecker --&gt; one ChannelCheck a channel --&gt; first Violation
 *                                              BankTrack, RankTrack, BusTrack: what was issued when
 * </pre>
 */
@Export
@Version("1.0.0")
package neupims.dram.check;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
