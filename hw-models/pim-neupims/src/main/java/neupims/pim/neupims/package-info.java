// SPDX-License-Identifier: Apache-2.0
/**
 * A PIM with dual row buffers on the channel engine.
 *
 * <pre>
 * MemorySpec with its PimSpec ---&gt; NeupimsPim ---&gt; DramMemory.open with a TileLowering
 * </pre>
 */
package neupims.pim.neupims;
