// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.HashMap;
import java.util.Map;
import neupims.api.hw.KvLayout;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;

/**
 * Where the KV cache of residents lies in their channels: K, V, then the scores of the softmax,
 * tile after tile in the order in which residents are first met. A channel with more tiles than
 * room begins anew at the region's start (an over-committed batch runs; who asked for it warns).
 */
final class KvMap {
  private final KvLayout layout;
  private final long baseTile;
  private final long regionTiles;
  private final long[] used;
  private final Map<Resident, long[]> places = new HashMap<>();

  KvMap(KvLayout layout, MemoryMap map) {
    this.layout = layout;
    baseTile = Ceil.div(map.cacheChannelByte(), layout.tileBytes());
    regionTiles = map.organization().channelBytes() / layout.tileBytes() - baseTile;
    used = new long[map.organization().channels()];
  }

  /**
   * Finds room for a resident unless it has some.
   *
   * @param scoreBytes bytes of its scores
   * @throws IllegalArgumentException if its cache exceeds a whole channel
   */
  void place(Resident resident, AttentionShape shape, long scoreBytes) {
    if (places.containsKey(resident)) {
      return;
    }
    long keys = layout.keyTiles(resident.sequenceTokens(), shape);
    long values = layout.valueTiles(resident.sequenceTokens(), shape);
    long tiles = keys + values + Ceil.div(scoreBytes, layout.tileBytes());
    if (tiles > regionTiles) {
      throw new IllegalArgumentException(
          "the KV cache of request %d (%d tokens) needs %d tiles, channel %d has room for %d"
              .formatted(
                  resident.request(),
                  resident.sequenceTokens(),
                  tiles,
                  resident.channel(),
                  regionTiles));
    }
    long first = used[resident.channel()];
    if (first + tiles > regionTiles) {
      first = 0;
    }
    used[resident.channel()] = first + tiles;
    first += baseTile;
    places.put(resident, new long[] {first, first + keys, first + keys + values});
  }

  /** First tile of K. */
  long keys(Resident resident) {
    return places.get(resident)[0];
  }

  /** First tile of V. */
  long values(Resident resident) {
    return places.get(resident)[1];
  }

  /** First tile of the scores. */
  long scores(Resident resident) {
    return places.get(resident)[2];
  }
}
