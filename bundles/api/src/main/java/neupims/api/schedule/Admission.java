// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

/**
 * A waiting request to take into service.
 *
 * @param request its id
 * @param reserveTokens tokens to set KV cache aside for at once, at least those that the iteration
 *     leaves in it; it grows beyond as need be
 */
public record Admission(long request, int reserveTokens) {}
