// SPDX-License-Identifier: Apache-2.0
/**
 * Checks the commands of a simulation, whatever memory model issues them.
 *
 * <pre>
 * SystemSpec.checkTiming --&gt; CommandCheck --&gt; sink of every memory session
 *                                         '--&gt; end(cycle): throws at the first violation
 * </pre>
 */
package neupims.engine.check;
