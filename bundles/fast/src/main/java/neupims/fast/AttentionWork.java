// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.KvLayout;
import neupims.api.model.AttentionShape;
import neupims.api.model.ModelShard;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import neupims.api.run.Device;

/** What attention's cost grows with: requests, tokens, and tiles of K and V of a channel. */
final class AttentionWork {
  private final ModelShard shard;
  private final AttentionShape shape;
  private final Optional<KvLayout> layout;
  private final int channels;
  private final double peakBytesPerCycle;

  AttentionWork(ModelShard shard, Device device) {
    this.shard = shard;
    shape = shard.attention();
    layout = device.memoryModel().kvLayout(device.memory());
    channels = device.memory().organization().channels();
    peakBytesPerCycle = device.memory().peakBytesPerCycle();
  }

  /** Of the device's memory. */
  double peakBytesPerCycle() {
    return peakBytesPerCycle;
  }

  /** One; requests, tokens, tiles of K and of V, of each channel. */
  double[][] byChannel(List<Resident> residents) {
    double[][] work = new double[channels][];
    for (Resident resident : residents) {
      double[] own = work[resident.channel()];
      if (own == null) {
        own = new double[] {1, 0, 0, 0, 0};
        work[resident.channel()] = own;
      }
      int tokens = shard.model().keptTokens(resident.sequenceTokens());
      own[1]++;
      own[2] += tokens;
      if (layout.isPresent()) {
        own[3] += layout.get().keyTiles(tokens, shape);
        own[4] += layout.get().valueTiles(tokens, shape);
      }
    }
    return work;
  }

  /** Cycles that the busiest channel's bus takes for what came over a link. */
  double busiestWrites(List<PrefillChunk> received) {
    double[] cycles = new double[channels];
    double everywhere = 0;
    double busiest = 0;
    for (PrefillChunk chunk : received) {
      double all = writtenBytes(chunk) / peakBytesPerCycle;
      if (chunk.channel() == PrefillChunk.NO_CHANNEL) {
        everywhere += all;
      } else {
        cycles[chunk.channel()] += all * channels;
        busiest = Math.max(busiest, cycles[chunk.channel()]);
      }
    }
    return busiest + everywhere;
  }

  /** Bytes of what came over a link. */
  double writtenBytes(List<PrefillChunk> received) {
    return received.stream().mapToDouble(this::writtenBytes).sum();
  }

  private double writtenBytes(PrefillChunk chunk) {
    return 2.0 * chunk.tokens() * shape.tokenBytes();
  }

  /** One; the same of all channels together. */
  static double[] total(double[][] byChannel) {
    double[] sum = {1, 0, 0, 0, 0};
    for (double[] own : byChannel) {
      for (int i = 1; own != null && i < sum.length; i++) {
        sum[i] += own[i];
      }
    }
    return sum;
  }
}
