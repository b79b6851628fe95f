// SPDX-License-Identifier: Apache-2.0
/**
 * Plain HBM2 on the channel engine.
 *
 * <pre>
 * MemorySpec ---&gt; Hbm2Memory ---&gt; DramMemory.open: reads, writes, refresh
 * </pre>
 */
package neupims.hbm2;
