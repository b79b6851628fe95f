// SPDX-License-Identifier: Apache-2.0
/**
 * What a simulation is checked for beside its results: the commands of the memory, whatever model
 * issues them, and whether it is still wanted ({@link neupims.engine.check.Interrupts}).
 *
 * <pre>
 * SystemSpec.checkTiming --&gt; CommandCheck --&gt; sink of every memory session
 *                                         '--&gt; end(cycle): throws at the first violation
 * </pre>
 */
package neupims.engine.check;
