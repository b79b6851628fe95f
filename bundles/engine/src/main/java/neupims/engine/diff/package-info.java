// SPDX-License-Identifier: Apache-2.0
/**
 * Where two simulations of one program part.
 *
 * <pre>
 * simulate -> CommandSink: Trail, marks of each channel -> FirstPart: the interval in which a
 *             channel's marks differ, marked more finely in the next simulation, and so on
 * </pre>
 */
package neupims.engine.diff;
