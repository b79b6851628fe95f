// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.NpuTile;
import neupims.api.hw.Transfer;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Task;

/**
 * The NPU and its way to the memory while a program runs.
 *
 * @param ratio of its clock and the memory's
 * @param matrix the arrays
 * @param vector the vector units
 * @param placement where operands lie
 * @param outbox what is on its way to the memory
 * @param spans when it worked in the stage
 */
record Npu(
    ClockRatio ratio,
    UnitState matrix,
    UnitState vector,
    Placement placement,
    Outbox outbox,
    StageSpans spans) {

  UnitState unit(NpuTile.Unit unit) {
    return unit == NpuTile.Unit.MATRIX ? matrix : vector;
  }

  /** Notes that a step runs from an NPU cycle to another. */
  void noteStep(long start, long result) {
    spans.step(ratio.toMemory(start), ratio.toMemory(result));
  }

  /** Appends a tile's load to a transfer. */
  void load(Task task, Transfer transfer, long from, NpuTile tile, int load) {
    int operand = tile.loadOperand(load);
    long offset = tile.loadOffset(load);
    if (operand == NpuTile.KV_CACHE) {
      if (task.kernel() instanceof Kernel.PrefillAttention prefill && prefill.inChannels()) {
        context(prefill, transfer, from, offset, tile.loadBytes(load));
      } else {
        placement.cache(transfer, from, offset, tile.loadBytes(load));
      }
    } else {
      int tensor = task.inputs().get(operand);
      placement.tensor(transfer, from, tensor, offset, tile.loadBytes(load));
    }
  }

  /** Appends a load of a context's K or V, which lie in one channel; a load never spans two. */
  private void context(
      Kernel.PrefillAttention prefill, Transfer transfer, long from, long offset, int bytes) {
    long begin = 0;
    for (PrefillChunk chunk : prefill.chunks()) {
      long end = begin + prefill.contextBytes(chunk);
      if (offset < end) {
        placement.channelCache(transfer, from, chunk.channel(), offset - begin, bytes);
        return;
      }
      begin = end;
    }
    throw new IllegalArgumentException("byte " + offset + " is beyond the contexts' KV cache");
  }

  /** Appends a tile's store to a transfer. */
  void store(Task task, Transfer transfer, long from, NpuTile tile, int store) {
    placement.tensor(
        transfer, from, task.output(), tile.storeOffset(store), tile.storeBytes(store));
  }
}
