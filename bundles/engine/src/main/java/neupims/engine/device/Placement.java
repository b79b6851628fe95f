// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.Transfer;

/** Where operands lie in memory: appends the slots of a transfer that reach them. */
interface Placement {
  /** Appends what covers the given bytes of a tensor. */
  void tensor(Transfer transfer, long from, int tensor, long offset, int bytes);

  /**
   * Appends what covers the given bytes of a KV cache over all channels, from its region's start.
   */
  void cache(Transfer transfer, long from, long offset, int bytes);

  /** Appends what covers bytes of a KV cache in one channel, from its region's start. */
  void channelCache(Transfer transfer, long from, int channel, long offset, int bytes);

  /** Appends what covers bytes of a channel's tiles. */
  void tiles(Transfer transfer, long from, int channel, long firstTile, long offset, int bytes);
}
