// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import neupims.api.compile.CompileInput;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import neupims.api.workload.KeyedRandom;

/** Batches to simulate; the same for every fit of a model, hardware and batch size. */
final class SampleBatches {
  /** One batch in four stays whole, as some policies leave it. */
  private static final int WHOLE_EVERY = 4;

  /** One batch in so many is nearly full, as batches are under load. */
  private static final int FULL_EVERY = 3;

  /** Rows simulated within a block of rows, in shares of it: few where loads take the time. */
  private static final double[] FIRST_BLOCK = {0.04, 0.11, 0.17, 0.3, 0.43, 0.6, 0.8};

  private static final double[] LATER_BLOCKS = {0.27, 0.63};

  /** Requests that begin to be decoded in one iteration, most of the time. ASSUMED */
  private static final int MOST_RECEIVED = 4;

  private final ModelShard shard;
  private final DeviceCapabilities device;
  private final int block;
  private final int maxBatch;

  /**
   * Samples.
   *
   * @param shard the model
   * @param device what compilers may count on
   * @param block rows that the NPU's arrays take at a time
   * @param maxBatch most requests in service
   */
  SampleBatches(ModelShard shard, DeviceCapabilities device, int block, int maxBatch) {
    this.block = block;
    this.shard = shard;
    this.device = device;
    this.maxBatch = maxBatch;
  }

  /**
   * Rows whose chains are simulated, ascending. Products take rows in blocks of the NPU's arrays,
   * so a row more than a block takes up to twice as long: the first and the last rows of every
   * block are there. Between them round numbers are avoided: what fills rows of the memory evenly
   * is faster than its neighbours, and an interpolation from such points too fast everywhere. A
   * sub-batch of two has about half of the rows; of those that have many more, only the first and
   * the last rows of the blocks are simulated.
   */
  List<Integer> rows(int subBatches) {
    TreeSet<Integer> rows = new TreeSet<>();
    int usual = subBatches == 1 ? maxBatch : (maxBatch + 1) / 2;
    for (int first = 1; first <= maxBatch; first += block) {
      int last = Math.min(first + block - 1, maxBatch);
      rows.add(first);
      rows.add(last);
      if (first > usual) {
        continue;
      }
      rows.add(Math.max(first, last - 1));
      for (double share : first == 1 ? FIRST_BLOCK : LATER_BLOCKS) {
        rows.add(Math.min(last, first + (int) (share * block)));
      }
    }
    return List.copyOf(rows);
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

  /**
   * Lengths that requests of one length are simulated with, ascending.
   *
   * @param maxPositions longest sequence of the model
   */
  static List<Integer> lengths(int maxPositions) {
    List<Integer> lengths = new ArrayList<>();
    int longest = Math.min(4096, maxPositions);
    for (int length : new int[] {20, 70, 150, 300, 500, 520, 900, 1900, 3000}) {
      if (length <= longest) {
        lengths.add(length);
      }
    }
    if (lengths.isEmpty()) {
      lengths.addAll(new TreeSet<>(List.of(1, longest)));
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
   * A batch of random size, one in three nearly full, whose requests have random lengths about a
   * random mean; each goes to the channel with the fewest tokens, and to the first and second
   * sub-batch by turns in each channel.
   */
  CompileInput random(int number) {
    KeyedRandom random = new KeyedRandom(0, number);
    double share = random.nextDouble();
    double wanted =
        number % FULL_EVERY == FULL_EVERY - 1
            ? maxBatch * (0.75 + 0.25 * share)
            : Math.pow(maxBatch, 0.25 + 0.75 * share);
    int size = (int) Math.max(2, Math.round(wanted));
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

  /** The same, of which one to four requests have just come over a link. */
  CompileInput receiving(int number) {
    CompileInput input = random(number);
    KeyedRandom random = new KeyedRandom(1, number);
    List<Resident> all = input.subBatches().stream().flatMap(List::stream).toList();
    List<PrefillChunk> received = new ArrayList<>();
    int count = Math.min(1 + random.nextInt(MOST_RECEIVED), all.size());
    int first = random.nextInt(all.size());
    for (int i = 0; i < count; i++) {
      // Next to each other in number, they are in different channels as a rule.
      Resident resident = all.get((first + i) % all.size());
      int tokens = shard.model().keptTokens(resident.sequenceTokens()) - 1;
      if (tokens > 0) {
        received.add(new PrefillChunk(resident.request(), resident.channel(), 0, tokens));
      }
    }
    return new CompileInput(
        shard, input.subBatches(), input.chunks(), received, device, input.seed(), number);
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
