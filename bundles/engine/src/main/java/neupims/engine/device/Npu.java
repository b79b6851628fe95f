// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.NpuTile;
import neupims.api.hw.Transfer;
import neupims.api.program.Task;

/**
 * The NPU and its way to the memory while a program runs.
 *
 * @param ratio of its clock and the memory's
 * @param matrix the arrays
 * @param vector the vector units
 * @param placement where operands lie
 * @param outbox what is on its way to the memory
 */
record Npu(
    ClockRatio ratio, UnitState matrix, UnitState vector, Placement placement, Outbox outbox) {

  UnitState unit(NpuTile.Unit unit) {
    return unit == NpuTile.Unit.MATRIX ? matrix : vector;
  }

  /** Appends a tile's load to a transfer. */
  void load(Task task, Transfer transfer, long from, NpuTile tile, int load) {
    int operand = tile.loadOperand(load);
    long offset = tile.loadOffset(load);
    if (operand == NpuTile.KV_CACHE) {
      placement.cache(transfer, from, offset, tile.loadBytes(load));
    } else {
      int tensor = task.inputs().get(operand);
      placement.tensor(transfer, from, tensor, offset, tile.loadBytes(load));
    }
  }

  /** Appends a tile's store to a transfer. */
  void store(Task task, Transfer transfer, long from, NpuTile tile, int store) {
    placement.tensor(
        transfer, from, task.output(), tile.storeOffset(store), tile.storeBytes(store));
  }
}
