// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import neupims.api.compile.CompileInput;
import neupims.api.hw.Organization;
import neupims.api.metric.DeviceReport;
import neupims.api.model.ModelShard;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.Variant;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.NpuEstimate;
import neupims.api.schedule.PlacementState;
import neupims.api.schedule.SplitState;
import neupims.engine.link.Communication;

/**
 * Takes a batch through placement, split, compiler and device, and holds the policies to their
 * contracts.
 */
final class BatchRunner {
  private final Variant variant;
  private final Wiring wiring;
  private final Policies policies;
  private final ProgramDevice device;
  private final GemvShape shape;
  private final GemvEstimator estimator;
  private final NpuEstimate npu;
  private final Communication communication;

  BatchRunner(Variant variant, Wiring wiring, Policies policies, ProgramDevice device) {
    this.variant = variant;
    this.wiring = wiring;
    this.policies = policies;
    this.device = device;
    this.shape = shape(variant);
    this.npu = new NpuRoofline(variant);
    this.estimator =
        (of, tokens) -> policies.estimate(of, variant.shard().model().keptTokens(tokens));
    communication =
        new Communication(
            wiring.interconnect().service(),
            variant.system().interconnect(),
            variant.shard().parallelism().tensor(),
            variant.system().memory().clock());
  }

  private static GemvShape shape(Variant variant) {
    ModelShard shard = variant.shard();
    Organization memory = variant.system().memory().organization();
    return new GemvShape(
        shard.heads(),
        shard.model().headDim(),
        memory.rowBytes() / shard.model().precision().kv().bytes(),
        memory.banks());
  }

  /** Channels for newcomers beside the residents. */
  int[] place(
      List<Resident> residents,
      List<Newcomer> newcomers,
      KvState kv,
      long placedBefore,
      long iteration) {
    if (newcomers.isEmpty()) {
      return new int[0];
    }
    return policies.place(
        parameters ->
            new PlacementState(
                channels(),
                residents,
                shape,
                estimator,
                kv,
                placedBefore,
                iteration,
                variant.seed(),
                parameters),
        newcomers,
        placed -> requireChannels(placed, newcomers.size()));
  }

  private int[] requireChannels(int[] placed, int newcomers) {
    if (placed.length != newcomers) {
      throw Trouble.broke("returned %d channels for %d".formatted(placed.length, newcomers));
    }
    for (int channel : placed) {
      if (channel < 0 || channel >= channels()) {
        throw Trouble.broke(
            "returned channel %d; there are 0 to %d".formatted(channel, channels() - 1));
      }
    }
    return placed;
  }

  /**
   * Simulates an iteration: one micro-batch per pipeline device, requests dealt in order of
   * admission, decodes and then parts of prompts.
   */
  List<DeviceReport> simulateAll(IterationWork work, long iteration, int replica) {
    List<Resident> decodes = work.decodes;
    List<PrefillChunk> chunks = work.chunks;
    int all = decodes.size() + chunks.size();
    int depth = Math.min(variant.shard().parallelism().pipeline(), all);
    List<DeviceReport> reports = new ArrayList<>(depth);
    for (int number = 0; number < depth; number++) {
      List<Resident> batch = dealt(decodes, number, depth);
      reports.add(
          simulate(
              batch,
              dealt(chunks, Math.floorMod(number - decodes.size(), depth), depth),
              depth == 1 ? work.received : of(batch, work.received),
              iteration,
              replica));
    }
    return reports;
  }

  /** What has come over a link for the requests of a micro-batch. */
  private static List<PrefillChunk> of(List<Resident> batch, List<PrefillChunk> received) {
    if (received.isEmpty()) {
      return received;
    }
    Set<Long> here = new HashSet<>();
    batch.forEach(resident -> here.add(resident.request()));
    return received.stream().filter(chunk -> here.contains(chunk.request())).toList();
  }

  private static <T> List<T> dealt(List<T> all, int first, int step) {
    if (step == 1) {
      return all;
    }
    List<T> some = new ArrayList<>();
    for (int i = first; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  /**
   * Simulates one iteration of a placed batch on the device.
   *
   * @param received what has come over a link for requests of the batch
   * @param replica whose it is, or {@link Compiled#NO_REPLICA}
   */
  DeviceReport simulate(
      List<Resident> batch,
      List<PrefillChunk> chunks,
      List<PrefillChunk> received,
      long iteration,
      int replica) {
    List<List<Resident>> subBatches =
        batch.isEmpty()
            ? List.of()
            : policies.split(
                parameters ->
                    new SplitState(channels(), batch, shape, estimator, npu, iteration, parameters),
                returned -> requireAll(batch, returned));
    CompileInput input =
        new CompileInput(
            variant.shard(),
            subBatches,
            chunks,
            received,
            wiring.device().capabilities(),
            variant.seed(),
            iteration);
    int prompts = chunks.stream().mapToInt(PrefillChunk::tokens).sum();
    return policies.compile(
        input, program -> run(program, iteration, replica, hopBytes(batch.size() + prompts)));
  }

  private DeviceReport run(Program program, long iteration, int replica, long hopBytes) {
    var compiler = policies.compiler();
    DeviceReport alone = device.run(new Compiled(program, compiler, iteration, replica));
    Optional<Program> exchanged =
        device.exchanges() ? communication.exchanged(program) : Optional.empty();
    if (exchanged.isEmpty()) {
      return communication.charge(program, alone, hopBytes);
    }
    Compiled together = new Compiled(exchanged.get(), compiler, iteration, replica);
    return communication.charge(alone, device.run(together), hopBytes);
  }

  /** Activations between two pipeline devices. */
  private long hopBytes(int rows) {
    ModelShard shard = variant.shard();
    return shard.parallelism().pipeline() == 1
        ? 0
        : (long) rows * shard.model().embedding() * shard.model().precision().activations().bytes();
  }

  /** Highest over mean estimated PIM load of the channels. */
  double channelMaxOverMean(List<Resident> batch) {
    return batch.isEmpty()
        ? 0
        : policies.estimating(shape, asked -> channelMaxOverMean(batch, asked));
  }

  private double channelMaxOverMean(List<Resident> batch, GemvEstimator asked) {
    long[] load = new long[channels()];
    long total = 0;
    long most = 0;
    for (Resident resident : batch) {
      int tokens = variant.shard().model().keptTokens(resident.sequenceTokens());
      long cycles = asked.estimateCycles(shape, tokens);
      load[resident.channel()] += cycles;
      total += cycles;
      most = Math.max(most, load[resident.channel()]);
    }
    return total == 0 ? 0 : most * (double) load.length / total;
  }

  int channels() {
    return variant.system().memory().organization().channels();
  }

  private static List<List<Resident>> requireAll(
      List<Resident> batch, List<List<Resident>> subBatches) {
    if (subBatches.isEmpty() || subBatches.size() > 2) {
      throw Trouble.broke("returned " + subBatches.size() + " sub-batches");
    }
    if (subBatches.size() == 1 && subBatches.get(0).equals(batch)) {
      return subBatches;
    }
    Map<Long, Resident> left = new HashMap<>(2 * batch.size());
    batch.forEach(resident -> left.put(resident.request(), resident));
    for (List<Resident> subBatch : subBatches) {
      if (subBatch.isEmpty()) {
        throw Trouble.broke("returned an empty sub-batch");
      }
      for (Resident resident : subBatch) {
        if (!resident.equals(left.remove(resident.request()))) {
          throw Trouble.broke("returned request " + resident.request() + " twice or from nowhere");
        }
      }
    }
    if (!left.isEmpty()) {
      throw Trouble.broke("returned no place for " + left.size() + " requests");
    }
    return subBatches;
  }
}
