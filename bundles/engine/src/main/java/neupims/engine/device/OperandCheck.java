// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.program.Task;
import neupims.api.program.Tensor;

/** Whether a plan stays within its task's operands. */
final class OperandCheck {
  private final Task task;
  private final List<Tensor> tensors;

  OperandCheck(Task task, List<Tensor> tensors) {
    this.task = task;
    this.tensors = tensors;
  }

  /**
   * Checks every load and store of a plan.
   *
   * @throws IllegalArgumentException if one reaches beyond its tensor, or there is no such tensor
   */
  void check(NpuPlan plan) {
    for (NpuTile tile : plan.tiles()) {
      for (int l = 0; l < tile.loads(); l++) {
        int operand = tile.loadOperand(l);
        if (operand != NpuTile.KV_CACHE) {
          check(input(operand), tile.loadOffset(l), tile.loadBytes(l));
        }
      }
      for (int s = 0; s < tile.stores(); s++) {
        check(task.output(), tile.storeOffset(s), tile.storeBytes(s));
      }
    }
  }

  /**
   * Checks a read of an input.
   *
   * @throws IllegalArgumentException if it reaches beyond the tensor, or there is no such input
   */
  void read(int operand, long offset, long bytes) {
    check(input(operand), offset, bytes);
  }

  private int input(int operand) {
    if (operand >= task.inputs().size()) {
      throw new IllegalArgumentException(
          "input %d is read, but the task has %d".formatted(operand, task.inputs().size()));
    }
    return task.inputs().get(operand);
  }

  private void check(int tensor, long offset, long bytes) {
    if (tensor < 0 || tensor >= tensors.size()) {
      throw new IllegalArgumentException(
          "tensor %d is used, the program has %d".formatted(tensor, tensors.size()));
    }
    Tensor of = tensors.get(tensor);
    if (offset + bytes > of.bytes()) {
      throw new IllegalArgumentException(
          "bytes %d to %d of tensor %s, which has %d"
              .formatted(offset, offset + bytes, of.name(), of.bytes()));
    }
  }
}
