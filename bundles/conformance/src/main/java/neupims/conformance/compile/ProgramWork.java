// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import neupims.api.model.Experts;
import neupims.api.model.Layers;
import neupims.api.model.ModelShard;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.conformance.Expect;

/**
 * Whether a program does the work of a decode step, all of it and once: counted over the stages'
 * runs for the step, over one run of the stages in the block for the steady state.
 */
record ProgramWork(
    Program program,
    ModelShard shard,
    List<Resident> batch,
    List<PrefillChunk> chunks,
    List<PrefillChunk> received,
    int subBatches) {

  /** All MACs, weights and partial sums. */
  void checkWork() {
    Layers layers = shard.layers(0);
    checkWork(stage -> stage.repeat().runs(layers), layers, "step");
    checkWork(ProgramWork::inBlock, Layers.alike(1), "block");
    checkWeights();
  }

  /** K and V of every request, and the attention of every prompt. */
  void checkKv() {
    checkKv(stage -> stage.repeat().runs(shard.layers(0)), shard.layers(), "step");
    checkKv(ProgramWork::inBlock, 1, "block");
  }

  private static long inBlock(Stage stage) {
    return stage.inBlock() ? 1 : 0;
  }

  private void checkWork(ToLongFunction<Stage> runs, Layers layers, String what) {
    int bytes = shard.model().precision().weights().bytes();
    long dense = layers.dense() * shard.denseBlockWeightBytes();
    long met = dense / bytes + layers.others() * weightsOfToken();
    Expect.equal(tokens() * met, sum(runs, ProgramWork::macs), "MACs of a " + what);
    long least = met * bytes;
    long most = subBatches * (dense + layers.others() * shard.blockWeightBytes());
    long read = sum(runs, this::weightBytes);
    Expect.that(
        read >= least && read <= most,
        "a %s reads %d bytes of weights, not %d to %d".formatted(what, read, least, most));
    long sums = shard.model().block().parallel() ? 1 : 2;
    long row = (long) shard.model().embedding() * shard.model().precision().activations().bytes();
    Expect.equal(
        sums * layers.all() * tokens() * row,
        partialBytes(runs),
        "bytes of partial sums in a " + what);
  }

  private void checkKv(ToLongFunction<Stage> runs, long layers, String what) {
    Map<Resident, Long> expected = new HashMap<>();
    batch.forEach(resident -> expected.put(kept(resident), layers));
    Map<Long, Long> prompts = new HashMap<>();
    chunks.forEach(chunk -> prompts.put(chunk.request(), layers));
    Expect.equal(prompts, prefills(runs), "attention of each prompt in a " + what);
    Expect.equal(
        decodesOnPim() ? prompts : Map.of(),
        appends(runs, false),
        "K and V of each prompt that go to its channel in a " + what);
    Map<Long, Long> fromLink = new HashMap<>();
    received.forEach(chunk -> fromLink.put(chunk.request(), layers * chunk.tokens()));
    Expect.equal(fromLink, appends(runs, true), "tokens from a link that are written in a " + what);
    Expect.equal(expected, attention(runs, true), "K of each request in a " + what);
    Expect.equal(expected, attention(runs, false), "V of each request in a " + what);
  }

  private long tokens() {
    return batch.size() + chunks.stream().mapToLong(PrefillChunk::tokens).sum();
  }

  private Map<Long, Long> prefills(ToLongFunction<Stage> runs) {
    Map<Long, Long> times = new HashMap<>();
    for (Stage stage : program.stages()) {
      long count = runs.applyAsLong(stage);
      for (Task task : stage.tasks()) {
        for (PrefillChunk chunk : Attention.of(task.kernel()).chunks()) {
          if (count > 0) {
            times.merge(chunk.request(), count, Long::sum);
          }
        }
      }
    }
    return times;
  }

  /** Whether the KV cache lies in channels, where a PIM reads it. */
  private boolean decodesOnPim() {
    return program.stages().stream()
        .flatMap(stage -> stage.tasks().stream())
        .anyMatch(
            task ->
                task.kernel().chain() == Kernel.Chain.PIM
                    || task.kernel() instanceof Kernel.PrefillAttention k && k.inChannels());
  }

  /** How often a prompt is copied, or how many of its tokens come from a link. */
  private Map<Long, Long> appends(ToLongFunction<Stage> runs, boolean fromLink) {
    Map<Long, Long> times = new HashMap<>();
    for (Stage stage : program.stages()) {
      long count = runs.applyAsLong(stage);
      for (Task task : stage.tasks()) {
        if (count > 0
            && task.kernel() instanceof Kernel.KvAppend append
            && append.fromLink() == fromLink) {
          for (PrefillChunk chunk : append.chunks()) {
            long each = fromLink ? chunk.tokens() : 1;
            times.merge(chunk.request(), count * each, Long::sum);
          }
        }
      }
    }
    return times;
  }

  /**
   * Weights of a block (not a dense one) that one token meets: all, but of experts only those that
   * it goes to.
   */
  private long weightsOfToken() {
    long all = shard.blockWeightBytes() / shard.model().precision().weights().bytes();
    if (shard.model().experts().isEmpty()) {
      return all;
    }
    Experts experts = shard.model().experts().get();
    long matrices = shard.model().block().activation().matrices();
    long expert = matrices * shard.model().embedding() * shard.expertFeedForward();
    return all - (experts.count() - experts.perToken()) * expert;
  }

  private Resident kept(Resident resident) {
    int tokens = shard.model().keptTokens(resident.sequenceTokens());
    return new Resident(resident.request(), resident.channel(), tokens);
  }

  /** The weights that the program walks through are those of whole blocks, one a dense one. */
  private void checkWeights() {
    long bytes =
        program.tensors().stream()
            .filter(tensor -> tensor.kind() == Tensor.Kind.WEIGHT)
            .mapToLong(Tensor::bytes)
            .sum();
    long others = bytes - (shard.model().denseLayers() > 0 ? shard.denseBlockWeightBytes() : 0);
    Expect.that(others > 0 && others % shard.blockWeightBytes() == 0, bytes + " bytes of weights");
  }

  private long sum(ToLongFunction<Stage> runs, ToLongFunction<Task> quantity) {
    return program.stages().stream()
        .mapToLong(s -> runs.applyAsLong(s) * s.tasks().stream().mapToLong(quantity).sum())
        .sum();
  }

  private Map<Resident, Long> attention(ToLongFunction<Stage> runs, boolean keys) {
    Map<Resident, Long> times = new HashMap<>();
    for (Stage stage : program.stages()) {
      long count = runs.applyAsLong(stage);
      for (Task task : stage.tasks()) {
        Attention attention = Attention.of(task.kernel());
        if (count > 0 && (keys ? attention.readsQueries() : attention.attends())) {
          Expect.equal(shard.kvHeads(), attention.kvHeads(), task.name() + ": KV heads");
          attention.residents().forEach(resident -> times.merge(resident, count, Long::sum));
        }
      }
    }
    return times;
  }

  /** Of projection and feed-forward network [P] sec. 2; sub-batches make more of them, no bytes. */
  private long partialBytes(ToLongFunction<Stage> runs) {
    long bytes = 0;
    for (Stage stage : program.stages()) {
      for (int index : stage.partialSums()) {
        int output = stage.tasks().get(index).output();
        bytes += runs.applyAsLong(stage) * program.tensors().get(output).bytes();
      }
    }
    return bytes;
  }

  private long weightBytes(Task task) {
    if (task.kernel() instanceof Kernel.ExpertGemm gemm) {
      long matrix = (long) gemm.inner() * gemm.columns() * gemm.weights().bytes();
      return gemm.experts().size() * matrix;
    }
    return task.inputs().stream()
        .map(program.tensors()::get)
        .filter(tensor -> tensor.kind() == Tensor.Kind.WEIGHT)
        .mapToLong(Tensor::bytes)
        .sum();
  }

  private static long macs(Task task) {
    if (task.kernel() instanceof Kernel.ExpertGemm experts) {
      return (long) experts.rows() * experts.inner() * experts.columns();
    }
    return task.kernel() instanceof Kernel.Gemm gemm
        ? (long) gemm.rows() * gemm.inner() * gemm.columns()
        : 0;
  }
}
