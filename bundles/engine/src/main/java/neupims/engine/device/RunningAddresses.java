// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import java.util.List;
import neupims.api.hw.MemorySession;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.program.Tensor;

/**
 * Operands at the next free address as they are touched, reads and writes alike [R]. Accesses go
 * round the channels, so that a row's worth from each channel is one block of 128 x 128 FP16
 * values; rows go round the banks of a group, then the bank groups, then the ranks, as the
 * reference's address map says (row-rank-bankgroup-bank).
 *
 * <p>Three more habits of the reference decide when a block is complete:
 *
 * <ul>
 *   <li>A value's address is taken after the pointer has moved on, so that an operand begins with
 *       the access in which the one before it ended, and ends in the next. Of two reads or two
 *       writes that is one access; a write after a read waits for it.
 *   <li>The accesses of a block are kept in a hash table and leave in its order, so that of a block
 *       that touches two rows of a bank both are opened at once.
 *   <li>The pointer begins anew after 5 d_model^2 / TP values, 5/4 of the weights of the first FFN
 *       product, which are a layer's largest. (Not for a program of a single product, which the
 *       reference runs with the region of a whole model.)
 * </ul>
 */
final class RunningAddresses implements Placement {
  private final MemorySession memory;
  private final int channels;
  private final int access;
  private final int columns;
  private final long region;
  private final long[] order;
  private long next = 1;
  private boolean written;

  RunningAddresses(MemoryMap map, MemorySession memory, List<Tensor> tensors) {
    this.memory = memory;
    Organization organization = map.organization();
    channels = organization.channels();
    access = organization.accessBytes();
    columns = organization.rowBytes() / access;
    region = Math.min(region(tensors), map.cacheBase()) / access;
    order = new long[columns];
  }

  private static long region(List<Tensor> tensors) {
    long[] weights =
        tensors.stream()
            .filter(t -> t.kind() == Tensor.Kind.WEIGHT)
            .mapToLong(Tensor::bytes)
            .sorted()
            .toArray();
    return weights.length < 2 ? Long.MAX_VALUE : weights[weights.length - 1] / 4 * 5;
  }

  @Override
  public void tensor(Transfer transfer, long from, int tensor, long offset, int bytes) {
    append(transfer, from, bytes);
  }

  @Override
  public void cache(Transfer transfer, long from, long offset, int bytes) {
    append(transfer, from, bytes);
  }

  @Override
  public void channelCache(Transfer transfer, long from, int channel, long offset, int bytes) {
    append(transfer, from, bytes);
  }

  @Override
  public void tiles(
      Transfer transfer, long from, int channel, long firstTile, long offset, int bytes) {
    append(transfer, from, bytes);
  }

  private void append(Transfer transfer, long from, int bytes) {
    int left = Math.toIntExact(Ceil.div(bytes, access));
    if (next + left > region) {
      next = 0;
    }
    if (transfer.write() && !written && next > 0) {
      next--;
      left++;
    }
    written = transfer.write();
    while (left > 0) {
      int accesses = Math.min(left, channels * columns);
      block(transfer, from, accesses);
      left -= accesses;
    }
  }

  private void block(Transfer transfer, long from, int accesses) {
    long end = next + accesses;
    for (int c = 0; c < channels; c++) {
      long first = Ceil.div(next - c, channels);
      int count = (int) (Ceil.div(end - c, channels) - first);
      if (count > 0 && first / columns == (first + count - 1) / columns) {
        slot(transfer, from, c, first, count);
      } else if (count > 0) {
        twoRows(transfer, from, c, first, count, HashOrder.slots(accesses + 1));
      }
    }
    next = end;
  }

  private void slot(Transfer transfer, long from, int channel, long first, int count) {
    transfer.add(from, memory.address(channel, first * access), count * access);
  }

  /** Appends accesses that lie in two rows: which row is next matters, which column does not. */
  private void twoRows(
      Transfer transfer, long from, int channel, long first, int count, int tableSlots) {
    for (int i = 0; i < count; i++) {
      order[i] = HashOrder.place(address(channel, first + i), tableSlots) * columns + i;
    }
    Arrays.sort(order, 0, count);
    long secondRow = (first / columns + 1) * columns;
    long inFirst = first;
    long inSecond = secondRow;
    for (int i = 0; i < count; ) {
      boolean second = isSecond(i, first, secondRow);
      int run = 1;
      while (i + run < count && isSecond(i + run, first, secondRow) == second) {
        run++;
      }
      slot(transfer, from, channel, second ? inSecond : inFirst, run);
      if (second) {
        inSecond += run;
      } else {
        inFirst += run;
      }
      i += run;
    }
  }

  private boolean isSecond(int place, long first, long secondRow) {
    return first + order[place] % columns >= secondRow;
  }

  /** The reference's address: row, channel, column. */
  private long address(int channel, long channelAccess) {
    long row = channelAccess / columns * channels + channel;
    return (row * columns + channelAccess % columns) * access;
  }
}
