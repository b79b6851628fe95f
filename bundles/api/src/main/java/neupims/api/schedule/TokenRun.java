// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * A request's part in an iteration. One that works on all its remaining tokens emits the next
 * output token.
 *
 * @param request id of a request in service or admitted by the same plan
 * @param tokens tokens to work on, from 1 to those remaining; only where prompts may be worked on
 *     in chunks less than those remaining
 */
public record TokenRun(long request, int tokens) {}
