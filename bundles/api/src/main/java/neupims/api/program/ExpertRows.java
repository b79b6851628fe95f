// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

/**
 * Tokens that go to an expert.
 *
 * @param expert its number within the layer, from 0
 * @param rows tokens, at least 1: an expert without tokens is not named, and its weights stay where
 *     they are
 */
public record ExpertRows(int expert, int rows) {}
