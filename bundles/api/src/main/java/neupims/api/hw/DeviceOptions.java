// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * How the engine puts an NPU and a memory together, beyond what each of them says.
 *
 * @param runningAddresses {@code false}: every tensor has its own place in memory; {@code true}:
 *     operands take the next free address as they are touched, as the reference does [R]
 * @param attentionOutputOverTokens the attention of a request is written to memory only when its
 *     sequence is longer than this; 0 writes always, the reference uses 512 [R]
 */
public record DeviceOptions(boolean runningAddresses, int attentionOutputOverTokens) {}
