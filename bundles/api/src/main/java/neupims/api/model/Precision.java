// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * Formats by class of tensor. They decide bytes: what is moved, what the KV cache and the weights
 * take. How fast a unit multiplies is the hardware's to say, and ours say the same for all formats.
 *
 * @param weights of all weights
 * @param activations of what kernels hand to each other
 * @param kv of the KV cache, and of the operands of GEMVs on it
 */
public record Precision(DataType weights, DataType activations, DataType kv) {
  /** All of one format. */
  public static Precision of(DataType all) {
    return new Precision(all, all, all);
  }
}
