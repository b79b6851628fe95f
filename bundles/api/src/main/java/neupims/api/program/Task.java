// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

import java.util.List;

/**
 * A kernel with its operands and its place in a stage.
 *
 * @param name such as {@code 1.ffn.fc1}; unique within the stage
 * @param kernel what to do
 * @param after indices within the stage's task list that must have finished first; each smaller
 *     than the own index
 * @param inputs indices into {@link Program#tensors()}, in the kernel's order
 * @param output index into {@link Program#tensors()}, or -1 when the kernel leaves nothing in
 *     memory
 */
public record Task(
    String name, Kernel kernel, List<Integer> after, List<Integer> inputs, int output) {
  public Task {
    after = List.copyOf(after);
    inputs = List.copyOf(inputs);
  }
}
