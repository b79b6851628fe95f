// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.MemorySession;
import neupims.api.hw.Transfer;

/** Every operand at its own place, see {@link MemoryMap}. */
final class OwnAddresses implements Placement {
  private final MemoryMap map;
  private final MemorySession memory;
  private final long access;

  OwnAddresses(MemoryMap map, MemorySession memory) {
    this.map = map;
    this.memory = memory;
    access = map.organization().accessBytes();
  }

  @Override
  public void tensor(Transfer transfer, long from, int tensor, long offset, int bytes) {
    append(transfer, from, map.tensorBase()[tensor] + offset, bytes);
  }

  @Override
  public void cache(Transfer transfer, long from, long offset, int bytes) {
    long region = map.cacheBytes();
    if (region == 0) {
      throw new IllegalArgumentException("the tensors leave no room for the KV cache");
    }
    long start = offset % region;
    int first = (int) Math.min(bytes, region - start);
    append(transfer, from, map.cacheBase() + start, first);
    if (first < bytes) {
      append(transfer, from, map.cacheBase(), bytes - first); // over-committed: begins anew
    }
  }

  @Override
  public void channelCache(Transfer transfer, long from, int channel, long offset, int bytes) {
    long tileBytes = (long) map.organization().rowBytes() * map.organization().banks();
    long firstTile = Ceil.div(map.cacheChannelByte(), tileBytes);
    tiles(transfer, from, channel, firstTile, offset, bytes);
  }

  @Override
  public void tiles(
      Transfer transfer, long from, int channel, long firstTile, long offset, int bytes) {
    long row = map.organization().rowBytes();
    long at = firstTile * row * map.organization().banks() + offset;
    long end = at + bytes;
    while (at < end) {
      long stop = Math.min(end, (at / row + 1) * row);
      append(transfer, from, memory.address(channel, at), (int) (stop - at));
      at = stop;
    }
  }

  /** Appends the accesses that touch the given bytes. */
  private void append(Transfer transfer, long from, long address, int bytes) {
    long begin = address / access * access;
    long end = Ceil.div(address + bytes, access) * access;
    transfer.add(from, begin, Math.toIntExact(end - begin));
  }
}
