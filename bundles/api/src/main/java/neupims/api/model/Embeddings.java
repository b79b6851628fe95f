// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * The tables before the first block and the matrix after the last one. They count as parameters;
 * their work is not simulated (it stays with the host).
 *
 * @param positions rows of a learned position table, 0 when positions are computed (rotary, ALiBi)
 * @param tied whether the output matrix is the token embedding's
 */
public record Embeddings(int positions, boolean tied) {}
