// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.MemorySession;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;

/**
 * Operands at the next free address as they are touched, reads and writes alike [R]. Accesses go
 * round the channels, so that a row's worth from each channel is one block of 128 x 128 FP16
 * values; rows go round the bank groups, then the banks of a group, then the ranks, which of the
 * possible orders is the one that explains the reference's stages (README).
 */
final class RunningAddresses implements Placement {
  private final MemorySession memory;
  private final Organization organization;
  private final int channels;
  private final int access;
  private final int row;
  private final long region;
  private long next;

  RunningAddresses(MemoryMap map, MemorySession memory) {
    this.memory = memory;
    organization = map.organization();
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
      for (long s = next / stripe; s < end / stripe; s++) {
        long address = memory.address(0, channelRow(s) * row);
        transfer.add(from, address, Math.toIntExact(stripe * access));
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
      long channelByte = channelRow(at / row) * row + at % row;
      transfer.add(from, memory.address(channel, channelByte), Math.toIntExact(stop - at));
      at = stop;
    }
  }

  /** The channel's row, counted bank by bank, that is touched as number {@code turn}. */
  private long channelRow(long turn) {
    int groups = organization.bankGroups();
    int banks = organization.banksPerGroup();
    int ranks = organization.ranks();
    long group = turn % groups;
    long bank = turn / groups % banks;
    long rank = turn / groups / banks % ranks;
    long bankRow = turn / groups / banks / ranks;
    return ((bankRow * ranks + rank) * groups + group) * banks + bank;
  }
}
