// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * Something out of the ordinary during a run.
 *
 * @param iteration iterations begun on all replicas before it happened
 * @param atSeconds simulated time
 * @param what what happened, such as {@code swap}
 * @param from what there was before
 * @param to what there is since; empty for nothing
 * @param why in words; empty when there is nothing to say
 */
public record RunEvent(
    long iteration, double atSeconds, String what, String from, String to, String why) {}
