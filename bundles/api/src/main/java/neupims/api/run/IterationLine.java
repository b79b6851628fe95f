// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * An iteration of a serving run.
 *
 * @param iteration its number on its replica, from 0
 * @param startNanos simulated time at which it began
 * @param endNanos simulated time at which its tokens were there
 * @param decodes requests that worked on one token
 * @param promptTokens tokens of prompts worked on
 * @param emitted output tokens emitted
 * @param running requests in service
 * @param waiting requests that had arrived and were not in service, as far as the loop looks ahead
 * @param admitted requests taken into service
 * @param preempted requests taken out of it
 * @param kvFraction share of all blocks of KV cache in use
 * @param stepCycles cycles of the device, memory cycles
 * @param replica where, 0 when there is one
 */
public record IterationLine(
    long iteration,
    long startNanos,
    long endNanos,
    int decodes,
    int promptTokens,
    int emitted,
    int running,
    int waiting,
    int admitted,
    int preempted,
    double kvFraction,
    long stepCycles,
    int replica) {}
