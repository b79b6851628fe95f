// SPDX-License-Identifier: Apache-2.0
/**
 * A blocked PIM on the channel engine.
 *
 * <pre>
 * MemorySpec with its PimSpec ---&gt; NewtonPim ---&gt; DramMemory.open with a TileLowering
 * </pre>
 */
package neupims.pim.newton;
