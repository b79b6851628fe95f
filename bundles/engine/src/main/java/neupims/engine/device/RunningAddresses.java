// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.MemorySession;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;

/**
 * Operands at the next free address as they are touched, reads and writes alike; accesses go round
 * the channels, so that a row's worth from each channel is one block of 128 x 128 FP16 values [R].
 */
final class RunningAddresses implements Placement {
  private final MemorySession memory;
  private final int channels;
  private final int access;
  private final int row;
  private final long region;
  private long next;

  RunningAddresses(MemoryMap map, MemorySession memory) {
    this.memory = memory;
    Organization organization = map.organization();
    channels = organization.channels();
    access = organization.accessBytes();
    row = organization.rowBytes();
    region = map.cacheBase() / access;
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
  public void scores(
      Transfer transfer, long from, int channel, long firstTile, long offset, int bytes) {
    append(transfer, from, bytes);
  }

  private void append(Transfer transfer, long from, int bytes) {
    long accesses = Ceil.div(bytes, access);
    if (next + accesses > region) {
      next = 0;
    }
    long end = next + accesses;
    long stripe = (long) channels * row / access;
    if (next % stripe == 0 && accesses % stripe == 0) {
      for (long a = next; a < end; a += stripe) {
        transfer.add(from, a * access, Math.toIntExact(stripe * access));
      }
    } else {
      for (int c = 0; c < channels; c++) {
        channel(transfer, from, c, Ceil.div(next - c, channels), Ceil.div(end - c, channels));
      }
    }
    next = end;
  }

  /** Appends accesses {@code first} to {@code end} of a channel, a slot for each row they touch. */
  private void channel(Transfer transfer, long from, int channel, long first, long end) {
    long at = first * access;
    while (at < end * access) {
      long stop = Math.min(end * access, (at / row + 1) * row);
      transfer.add(from, memory.address(channel, at), Math.toIntExact(stop - at));
      at = stop;
    }
  }
}
