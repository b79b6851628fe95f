// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.program.Resident;
import neupims.api.workload.KeyedRandom;

/** Batches to simulate; the same for every fit of a model, hardware and batch size. */
final class SampleBatches {
  /** One batch in four stays whole, as some policies leave it. */
  private static final int WHOLE_EVERY = 4;

  private final ModelShard shard;
  private final DeviceCapabilities device;
  private final int maxBatch;

  SampleBatches(ModelShard shard, DeviceCapabilities device, int maxBatch) {
    this.shard = shard;
    this.device = device;
    this.maxBatch = maxBatch;
  }

  /**
   * Rows whose chains are simulated: few where loads take the time, more where products begin to.
   */
  List<Integer> rows() {
    List<Integer> rows = new ArrayList<>();
    for (int r = 1; r < maxBatch; r = r < 8 ? 8 : r < 32 ? 32 : r < 128 ? r + 32 : r + r / 2) {
      rows.add(r);
    }
    rows.add(maxBatch);
    return rows;
  }

  /** So many requests of one token in each of one or two sub-batches. */
  CompileInput ofRows(int rows, int subBatches) {
    List<List<Resident>> all = new ArrayList<>();
    for (int b = 0; b < subBatches; b++) {
      List<Resident> batch = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        int number = b * rows + i;
        batch.add(new Resident(number, number % device.channels(), 1));
      }
      all.add(batch);
    }
    return new CompileInput(shard, all, device);
  }

  /** Lengths that requests of one length are simulated with. */
  List<Integer> lengths() {
    List<Integer> lengths = new ArrayList<>();
    int longest = Math.min(4096, shard.model().maxPositions());
    for (int length : new int[] {20, 150, 400, 500, 520, 900, 1100, 1900, 3000}) {
      if (length <= longest) {
        lengths.add(length);
      }
    }
    return lengths;
  }

  /** Requests of one length, as many in each of the first channels. */
  CompileInput even(int perChannel, int channels, int tokens) {
    List<Resident> batch = new ArrayList<>();
    for (int i = 0; i < perChannel * channels; i++) {
      batch.add(new Resident(i, i % channels, tokens));
    }
    return new CompileInput(shard, List.of(batch), device);
  }

  /**
   * A batch of random size whose requests have random lengths about a random mean; each goes to the
   * channel with the fewest tokens, and to the first and second sub-batch by turns in each channel.
   */
  CompileInput random(int number) {
    KeyedRandom random = new KeyedRandom(0, number);
    int size = (int) Math.max(2, Math.round(Math.pow(maxBatch, 0.25 + 0.75 * random.nextDouble())));
    int longest = shard.model().maxPositions();
    double mean = 32 * Math.pow(longest / 64.0, random.nextDouble());
    long[] tokens = new long[device.channels()];
    int[] requests = new int[device.channels()];
    List<Resident> first = new ArrayList<>();
    List<Resident> second = new ArrayList<>();
    boolean whole = number % WHOLE_EVERY == WHOLE_EVERY - 1;
    for (int i = 0; i < size; i++) {
      int length = (int) Math.min(longest, 1 + 2 * mean * random.nextDouble());
      int channel = least(tokens, random.nextInt(tokens.length));
      tokens[channel] += length;
      // Channels begin with either sub-batch, or the first would have the requests of small
      // batches.
      boolean one = (requests[channel]++ + channel) % 2 == 0;
      (one || whole ? first : second).add(new Resident(i, channel, length));
    }
    List<List<Resident>> batches = new ArrayList<>(List.of(first, second));
    batches.removeIf(List::isEmpty);
    return new CompileInput(shard, batches, device);
  }

  private static int least(long[] tokens, int from) {
    int best = from;
    for (int i = 0; i < tokens.length; i++) {
      int channel = (from + i) % tokens.length;
      best = tokens[channel] < tokens[best] ? channel : best;
    }
    return best;
  }
}
