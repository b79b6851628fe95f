// SPDX-License-Identifier: Apache-2.0
/**
 * Results side by side.
 *
 * <pre>
 * result.json* -> Contender* -> SameRequests      are they about the same requests?
 *                            -> Figures           one figure of each, in percent of the baseline's
 *                            -> Differences       what is set differently, key by key
 * </pre>
 */
package neupims.shell.compare;
