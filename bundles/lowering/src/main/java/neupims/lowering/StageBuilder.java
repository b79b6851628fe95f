// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import neupims.api.model.AttentionShape;
import neupims.api.model.DecoderModel;
import neupims.api.model.ModelShard;
import neupims.api.model.Norm;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.VectorOp;

/**
 * Fills a stage with parts of decoder blocks. Shapes are those of one tensor-parallel shard: Q, K,
 * V and the feed-forward network's first matrices are cut by columns, projection and its last
 * matrix by rows, so that their results are partial sums of full width [P] sec. 2.
 */
public final class StageBuilder {
  private static final int NOTHING_IN_MEMORY = -1;

  private final ModelShard shard;
  private final TensorTable tensors;
  private final FeedForward feedForward;
  private final String name;
  private final Stage.Repeat repeat;
  private final boolean inBlock;
  private final List<Task> tasks = new ArrayList<>();

  /** Tasks that leave a tensor, or parts of it. */
  private final Map<Integer, List<Integer>> producers = new HashMap<>();

  private final List<Integer> partialSums = new ArrayList<>();

  StageBuilder(
      ModelShard shard,
      TensorTable tensors,
      Optional<ExpertRouting> routing,
      String name,
      Stage.Repeat repeat,
      boolean inBlock) {
    this.shard = shard;
    this.tensors = tensors;
    feedForward = new FeedForward(this, shard, routing);
    this.name = name;
    this.repeat = repeat;
    this.inBlock = inBlock;
  }

  /** Normalisation and QKV generation of the layer that the sub-batch is in. */
  public StageBuilder qkv(SubBatch batch) {
    int embedding = shard.model().embedding();
    int normed = norm(batch, "attn.ln", batch.hidden());
    batch.normed(normed);
    batch.queried(gemm(batch, "attn.qkv", normed, embedding, shard.qkvWidth()));
    return this;
  }

  /**
   * Multi-head attention: of decodes where asked for, of parts of prompts on the NPU beside it.
   * With a PIM the prompts' K and V are then still to be copied to their channels.
   *
   * @throws IllegalStateException if the sub-batch has no QKV yet
   */
  public StageBuilder attention(SubBatch batch, AttentionUnit unit) {
    AttentionShape shape = shard.attention();
    int qkv = batch.takeQkv();
    List<Integer> queries = List.of(qkv);
    int output = activation(batch, "attn.out", batch.rows(), shape.width());
    if (!batch.residents().isEmpty()) {
      decodeAttention(batch, unit, shape, queries, output);
    }
    if (!batch.chunks().isEmpty()) {
      int first = batch.residents().size();
      boolean inChannels = unit == AttentionUnit.PIM;
      var prefill =
          new Kernel.PrefillAttention(batch.chunks(), first, batch.rows(), inChannels, shape);
      add(batch, "attn.prefill", prefill, List.of(), queries, output);
      if (inChannels) {
        batch.toAppend(qkv);
      }
    }
    batch.attended(output, unit);
    return this;
  }

  private void decodeAttention(
      SubBatch batch, AttentionUnit unit, AttentionShape shape, List<Integer> queries, int output) {
    switch (unit) {
      case NPU -> {
        var mha = new Kernel.NpuAttention(batch.residents(), shape);
        add(batch, "attn.mha", mha, List.of(), queries, output);
      }
      case PIM -> {
        var logit = new Kernel.PimLogitSoftmax(batch.residents(), shape);
        int softmax = add(batch, "attn.logit", logit, List.of(), queries, NOTHING_IN_MEMORY);
        var attend = new Kernel.PimAttend(batch.residents(), shape);
        add(batch, "attn.attend", attend, List.of(softmax), List.of(), output);
      }
    }
  }

  /**
   * Writes K and V that have come over a link, if there are any, beside what follows: those of the
   * next layer, as nothing waits for them.
   */
  private void receive(SubBatch batch) {
    if (batch.received().isEmpty()) {
      return;
    }
    boolean inChannels = batch.unit() == AttentionUnit.PIM;
    List<PrefillChunk> chunks =
        batch.received().stream().map(chunk -> inChannels ? chunk : spread(chunk)).toList();
    var received = Kernel.KvAppend.received(chunks, shard.attention());
    add(batch, "attn.receive", received, List.of(), List.of(), NOTHING_IN_MEMORY);
  }

  private static PrefillChunk spread(PrefillChunk chunk) {
    return new PrefillChunk(
        chunk.request(), PrefillChunk.NO_CHANNEL, chunk.contextTokens(), chunk.tokens());
  }

  /** Copies a prompt's K and V, if there is one, beside what follows: nothing waits for them. */
  private void append(SubBatch batch) {
    int qkv = batch.takeToAppend();
    List<PrefillChunk> chunks = new ArrayList<>();
    List<Integer> firstRows = new ArrayList<>();
    int row = batch.residents().size();
    for (PrefillChunk chunk : batch.chunks()) {
      if (chunk.channel() != PrefillChunk.NO_CHANNEL) {
        chunks.add(chunk);
        firstRows.add(row);
      }
      row += chunk.tokens();
    }
    if (qkv != NOTHING_IN_MEMORY && !chunks.isEmpty()) {
      var append = new Kernel.KvAppend(chunks, firstRows, batch.rows(), shard.attention());
      add(batch, "attn.append", append, List.of(), List.of(qkv), NOTHING_IN_MEMORY);
    }
  }

  /**
   * Projection and feed-forward network with their residuals, and beside them the copies of
   * prompts' K and V to their channels and what has come over a link; afterwards the sub-batch is
   * in the next layer. Where the two are parallel, both read what the layer began with.
   *
   * @throws IllegalStateException if the sub-batch has no attention yet
   */
  public StageBuilder projectionAndFeedForward(SubBatch batch) {
    DecoderModel model = shard.model();
    append(batch);
    receive(batch);
    int begin = batch.hidden();
    int width = shard.attentionWidth();
    int proj = gemm(batch, "attn.proj", batch.takeAttention(), width, model.embedding());
    if (!model.block().parallel()) {
      exchange(proj);
    }
    residual(batch, "attn.residual", proj);
    int input = model.block().parallel() ? begin : batch.hidden();
    int normed = model.block().norms() == 1 ? batch.normed() : norm(batch, "ffn.ln", input);
    Map<String, Integer> parts = feedForward.lower(batch, normed);
    exchange(List.copyOf(parts.values()).get(parts.size() - 1));
    parts.forEach((task, part) -> residual(batch, task, part));
    batch.nextLayer();
    return this;
  }

  /**
   * Marks what the devices exchange: their matrices being cut by rows, they have partial sums.
   * Partial sums that are only added to each other are added first and exchanged as one.
   */
  private void exchange(int tensor) {
    partialSums.addAll(producer(tensor));
  }

  Stage build() {
    return new Stage(name, repeat, inBlock, tasks, partialSums);
  }

  private int norm(SubBatch batch, String task, int input) {
    boolean rms = shard.model().block().norm() == Norm.RMS;
    VectorOp op = rms ? VectorOp.RMS_NORM : VectorOp.LAYER_NORM;
    return vector(batch, task, op, shard.model().embedding(), input);
  }

  private void residual(SubBatch batch, String task, int addend) {
    int embedding = shard.model().embedding();
    batch.hidden(vector(batch, task, VectorOp.RESIDUAL_ADD, embedding, batch.hidden(), addend));
  }

  /** A product of the sub-batch's rows with a matrix of its layer; returns the result. */
  int gemm(SubBatch batch, String task, int input, int inner, int columns) {
    var precision = shard.model().precision();
    int weight = tensors.weight(batch.layer(), task, inner, columns);
    int output = activation(batch, task, batch.rows(), columns);
    var kernel =
        new Kernel.Gemm(batch.rows(), inner, columns, precision.activations(), precision.weights());
    add(batch, task, kernel, List.of(), List.of(input, weight), output);
    return output;
  }

  /** A vector operation on the sub-batch's rows; returns the result. */
  int vector(SubBatch batch, String task, VectorOp op, int columns, Integer... inputs) {
    return vector(batch, task, op, batch.rows(), columns, inputs);
  }

  /** A vector operation on other than the sub-batch's rows; returns the result. */
  int vector(SubBatch batch, String task, VectorOp op, int rows, int columns, Integer[] inputs) {
    int output = activation(batch, task, rows, columns);
    var kernel = new Kernel.Vector(op, rows, columns, shard.model().precision().activations());
    add(batch, task, kernel, List.of(), List.of(inputs), output);
    return output;
  }

  /** A new activation of the sub-batch's layer. */
  int activation(SubBatch batch, String task, int rows, int columns) {
    return tensors.activation(batch.number(), batch.layer(), task, rows, columns);
  }

  /** The weights of all experts of the sub-batch's layer. */
  int expertWeights(SubBatch batch, String task, int experts, int inner, int columns) {
    return tensors.weight(batch.layer(), task, (long) experts * inner, columns);
  }

  /** The tasks of this stage that leave a tensor, to wait for; none for an older tensor. */
  List<Integer> producer(int tensor) {
    return producers.getOrDefault(tensor, List.of());
  }

  /** Appends a task that waits for the given ones and for those that produce its inputs. */
  int add(
      SubBatch batch,
      String task,
      Kernel kernel,
      List<Integer> after,
      List<Integer> inputs,
      int output) {
    var produced = inputs.stream().flatMap(input -> producer(input).stream());
    List<Integer> before = Stream.concat(after.stream(), produced).distinct().sorted().toList();
    int index = tasks.size();
    tasks.add(new Task(batch.number() + "." + task, kernel, before, inputs, output));
    if (output != NOTHING_IN_MEMORY) {
      producers.computeIfAbsent(output, tensor -> new ArrayList<>()).add(index);
    }
    return index;
  }
}
