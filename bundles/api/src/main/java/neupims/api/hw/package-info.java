// SPDX-License-Identifier: Apache-2.0
/**
 * Hardware: what an NPU and a memory are (specifications, data) and how they are simulated (models,
 * services).
 *
 * <pre>
 * NpuSpec ----> NpuModel.plan(kernel) ----> NpuPlan: tiles of loads, steps, stores
 *                                               |  engine
 * MemorySpec -> MemoryModel.open ----------> MemorySession <- Transfer (reads, writes), GemvBatch (PIM)
 *                                               |
 *                                           CommandSink, MemoryCounters
 * </pre>
 *
 * All times of a memory are cycles of its command clock, all times of an NPU cycles of its core
 * clock.
 */
@Export
@Version("1.1.0")
package neupims.api.hw;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
