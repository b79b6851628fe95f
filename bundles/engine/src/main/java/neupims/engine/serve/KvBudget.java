// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import java.util.Locale;
import neupims.api.hw.KvLayout;
import neupims.api.hw.Organization;
import neupims.api.model.AttentionShape;
import neupims.api.model.ModelShard;
import neupims.api.program.Resident;
import neupims.api.run.Variant;
import neupims.api.schedule.KvPages;
import neupims.api.unit.InputException;

/**
 * Room for the KV cache: what the weights leave of the device's memory. In a memory with a KV
 * layout every channel is a region of its own and holds whole requests in tiles; in a plain memory
 * the device is one region and the cache is striped over it.
 */
final class KvBudget {
  private final Variant variant;
  private final ModelShard shard;
  private final KvLayout layout;
  private final int regions;
  private final long regionBytes;
  private final long blockBytes;
  private final long[] blocks;

  /**
   * The budget of a variant.
   *
   * @throws InputException if the weights alone do not fit
   */
  static KvBudget of(Variant variant, Wiring wiring) {
    KvLayout layout =
        wiring.memoryModel().service().kvLayout(variant.system().memory()).orElse(null);
    return new KvBudget(variant, layout);
  }

  private KvBudget(Variant variant, KvLayout layout) {
    this.variant = variant;
    this.shard = variant.shard();
    this.layout = layout;
    Organization memory = variant.system().memory().organization();
    long free = memory.bytes() - shard.weightBytes();
    if (free <= 0) {
      throw new InputException(
          "model %s with tp %d and pp %d does not fit memory %s: its weights need %s a device, there are %s;"
                  .formatted(
                      shard.model().name(),
                      shard.parallelism().tensor(),
                      shard.parallelism().pipeline(),
                      variant.system().memory().name(),
                      gibibytes(shard.weightBytes()),
                      gibibytes(memory.bytes()))
              + " raise --tp or --pp");
    }
    regions = layout == null ? 1 : memory.channels();
    long tile = layout == null ? 1 : layout.tileBytes();
    regionBytes = free / tile / regions * tile;
    blockBytes =
        layout == null
            ? variant.serving().kv().blockTokens() * bytesPerToken()
            : tile * shard.layers();
    blocks = new long[shard.model().maxPositions() + 1];
  }

  /** Regions: the channels, or one where the cache is striped over the device. */
  int regions() {
    return regions;
  }

  /** Bytes of a block: a tile in every layer, or a page of tokens in a plain memory. */
  long blockBytes() {
    return blockBytes;
  }

  /** Blocks of a region. */
  long regionBlocks() {
    return regionBytes / blockBytes;
  }

  /** Bytes of keys and values of a token on this device, without what pages leave empty. */
  long bytesPerToken() {
    return 2L * shard.attention().tokenBytes() * shard.layers();
  }

  /** Tokens of a sequence whose keys and values are kept. */
  int keptTokens(int sequenceTokens) {
    return shard.model().keptTokens(sequenceTokens);
  }

  /** Blocks that tokens of a request take; up to the model's positions each is worked out once. */
  KvPages pages() {
    return tokens -> {
      if (tokens >= blocks.length) {
        return ceilDiv(bytes(tokens), blockBytes);
      }
      if (blocks[tokens] == 0 && tokens > 0) {
        blocks[tokens] = ceilDiv(bytes(tokens), blockBytes);
      }
      return blocks[tokens];
    };
  }

  /** Bytes that a request's KV cache takes on this device, all layers. */
  long bytes(int sequenceTokens) {
    AttentionShape shape = shard.attention();
    int kept = shard.model().keptTokens(sequenceTokens);
    long layer =
        layout == null
            ? 2L * kept * shape.tokenBytes()
            : layout.tileBytes() * (layout.keyTiles(kept, shape) + layout.valueTiles(kept, shape));
    return layer * shard.layers();
  }

  /** Why a request of this length can never be served, or null when it can. */
  String refusal(int sequenceTokens) {
    int positions = shard.model().maxPositions();
    if (sequenceTokens > positions) {
      return "%d tokens are more than the %d positions of %s"
          .formatted(sequenceTokens, positions, shard.model().name());
    }
    long needed = bytes(sequenceTokens);
    if (needed > regionBytes || pages().blocks(sequenceTokens) > regionBlocks()) {
      return "%d tokens need %s of KV cache, an empty %s of %s has %s left by the weights"
          .formatted(
              sequenceTokens,
              gibibytes(needed),
              layout == null ? "device" : "channel",
              variant.system().memory().name(),
              gibibytes(regionBytes));
    }
    return null;
  }

  /** KV cache in use over capacity, of the fullest region. */
  double peakFraction(List<Resident> residents) {
    long[] used = new long[regions];
    long most = 0;
    for (Resident resident : residents) {
      int region = regions == 1 ? 0 : resident.channel();
      used[region] += bytes(resident.sequenceTokens());
      most = Math.max(most, used[region]);
    }
    return most / (double) regionBytes;
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
  }
}
