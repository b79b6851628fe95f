// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.workload.Request;

/**
 * A request that has been served, with its named instants in simulated nanoseconds.
 *
 * @param request as it arrived
 * @param admittedNanos when it was first taken into service: when its prompt was first worked on
 *     where that takes time
 * @param firstTokenNanos end of the iteration, or of the separate prefill, that emitted its first
 *     token
 * @param lastTokenNanos end of the iteration that emitted its last
 * @param preemptions how often it was preempted
 * @param replica who served it, 0 when there is one; -1 if a prefill pool finished it before the
 *     router was to be asked
 */
public record RequestLine(
    Request request,
    long admittedNanos,
    long firstTokenNanos,
    long lastTokenNanos,
    int preemptions,
    int replica) {}
