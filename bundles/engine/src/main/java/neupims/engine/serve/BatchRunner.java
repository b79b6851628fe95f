// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import neupims.api.compile.CompileInput;
import neupims.api.hw.Organization;
import neupims.api.metric.DeviceReport;
import neupims.api.model.ModelShard;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.PluginKind;
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
    int channels = channels();
    int[] placed =
        policies.place(
            parameters ->
                new PlacementState(
                    channels,
                    residents,
                    shape,
                    estimator,
                    kv,
                    placedBefore,
                    iteration,
                    variant.seed(),
                    parameters),
            newcomers);
    if (placed.length != newcomers.size()) {
      throw broken("placement", policies.name(PluginKind.PLACEMENT), placed.length + " channels");
    }
    for (int channel : placed) {
      if (channel < 0 || channel >= channels) {
        throw broken("placement", policies.name(PluginKind.PLACEMENT), "channel " + channel);
      }
    }
    return placed;
  }

  /**
   * Simulates an iteration: one micro-batch per pipeline device, requests dealt in order of
   * admission, decodes and then parts of prompts.
   */
  List<DeviceReport> simulateAll(
      List<Resident> decodes, List<PrefillChunk> chunks, long iteration, int replica) {
    int all = decodes.size() + chunks.size();
    int depth = Math.min(variant.shard().parallelism().pipeline(), all);
    List<DeviceReport> reports = new ArrayList<>(depth);
    for (int number = 0; number < depth; number++) {
      reports.add(
          simulate(
              dealt(decodes, number, depth),
              dealt(chunks, Math.floorMod(number - decodes.size(), depth), depth),
              iteration,
              replica));
    }
    return reports;
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
   * @param replica whose it is, or {@link Compiled#NO_REPLICA}
   */
  DeviceReport simulate(
      List<Resident> batch, List<PrefillChunk> chunks, long iteration, int replica) {
    List<List<Resident>> subBatches =
        batch.isEmpty()
            ? List.of()
            : policies.split(
                parameters ->
                    new SplitState(
                        channels(), batch, shape, estimator, npu, iteration, parameters));
    checkCovers(batch, subBatches);
    CompileInput input =
        new CompileInput(
            variant.shard(),
            subBatches,
            chunks,
            wiring.device().capabilities(),
            variant.seed(),
            iteration);
    Program program = policies.compile(input);
    DeviceReport report =
        device.run(new Compiled(program, policies.compiler(), iteration, replica));
    int prompts = chunks.stream().mapToInt(PrefillChunk::tokens).sum();
    return communication.charge(program, report, hopBytes(batch.size() + prompts));
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
    long[] load = new long[channels()];
    long total = 0;
    long most = 0;
    for (Resident resident : batch) {
      long cycles = estimator.estimateCycles(shape, resident.sequenceTokens());
      load[resident.channel()] += cycles;
      total += cycles;
      most = Math.max(most, load[resident.channel()]);
    }
    return total == 0 ? 0 : most * (double) load.length / total;
  }

  int channels() {
    return variant.system().memory().organization().channels();
  }

  private void checkCovers(List<Resident> batch, List<List<Resident>> subBatches) {
    String name = policies.name(PluginKind.SPLIT);
    if (batch.isEmpty()) {
      return;
    }
    if (subBatches.isEmpty() || subBatches.size() > 2) {
      throw broken("split", name, subBatches.size() + " sub-batches");
    }
    if (subBatches.size() == 1 && subBatches.get(0).equals(batch)) {
      return;
    }
    Map<Long, Resident> left = new HashMap<>(2 * batch.size());
    batch.forEach(resident -> left.put(resident.request(), resident));
    for (List<Resident> subBatch : subBatches) {
      for (Resident resident : subBatch) {
        if (!resident.equals(left.remove(resident.request()))) {
          throw broken("split", name, "request " + resident.request() + " twice or from nowhere");
        }
      }
    }
    if (!left.isEmpty()) {
      throw broken("split", name, "no place for " + left.size() + " requests");
    }
  }

  private static IllegalStateException broken(String kind, String name, String what) {
    return new IllegalStateException(
        "%s policy %s broke its contract: it returned %s".formatted(kind, name, what));
  }
}
