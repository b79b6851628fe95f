// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import neupims.api.model.ModelShard;
import neupims.api.program.Kernel;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.VectorOp;

/**
 * Fills a stage with parts of decoder blocks. Shapes are those of one tensor-parallel shard: Q, K,
 * V and fc1 are cut by columns, projection and fc2 by rows, so that their results are partial sums
 * of full width [P] sec. 2.
 */
public final class StageBuilder {
  private static final int NOTHING_IN_MEMORY = -1;

  private final ModelShard shard;
  private final TensorTable tensors;
  private final String name;
  private final Stage.Repeat repeat;
  private final boolean inBlock;
  private final List<Task> tasks = new ArrayList<>();
  private final Map<Integer, Integer> producers = new HashMap<>();

  StageBuilder(
      ModelShard shard, TensorTable tensors, String name, Stage.Repeat repeat, boolean inBlock) {
    this.shard = shard;
    this.tensors = tensors;
    this.name = name;
    this.repeat = repeat;
    this.inBlock = inBlock;
  }

  /** Layer normalisation and QKV generation of the layer that the sub-batch is in. */
  public StageBuilder qkv(SubBatch batch) {
    int embedding = shard.model().embedding();
    int normed = vector(batch, "attn.ln", VectorOp.LAYER_NORM, embedding, batch.hidden());
    batch.queried(gemm(batch, "attn.qkv", normed, embedding, 3 * shard.attentionWidth()));
    return this;
  }

  /**
   * Multi-head attention.
   *
   * @throws IllegalStateException if the sub-batch has no QKV yet
   */
  public StageBuilder attention(SubBatch batch, AttentionUnit unit) {
    int heads = shard.heads();
    int headDim = shard.model().headDim();
    List<Integer> queries = List.of(batch.takeQkv());
    switch (unit) {
      case NPU -> {
        var mha = new Kernel.NpuAttention(batch.residents(), heads, headDim);
        int output = activation(batch, "attn.mha", shard.attentionWidth());
        add(batch, "attn.mha", mha, List.of(), queries, output);
        batch.attended(output);
      }
      case PIM -> {
        var logit = new Kernel.PimLogitSoftmax(batch.residents(), heads, headDim);
        int softmax = add(batch, "attn.logit", logit, List.of(), queries, NOTHING_IN_MEMORY);
        var attend = new Kernel.PimAttend(batch.residents(), heads, headDim);
        int output = activation(batch, "attn.attend", shard.attentionWidth());
        add(batch, "attn.attend", attend, List.of(softmax), List.of(), output);
        batch.attended(output);
      }
    }
    return this;
  }

  /**
   * Projection and feed-forward network with their residuals; afterwards the sub-batch is in the
   * next layer.
   *
   * @throws IllegalStateException if the sub-batch has no attention yet
   */
  public StageBuilder projectionAndFeedForward(SubBatch batch) {
    int embedding = shard.model().embedding();
    int inner = shard.feedForward();
    int proj = gemm(batch, "attn.proj", batch.takeAttention(), shard.attentionWidth(), embedding);
    residual(batch, "attn.residual", proj);
    int normed = vector(batch, "ffn.ln", VectorOp.LAYER_NORM, embedding, batch.hidden());
    int fc1 = gemm(batch, "ffn.fc1", normed, embedding, inner);
    int gelu = vector(batch, "ffn.gelu", VectorOp.GELU, inner, fc1);
    int fc2 = gemm(batch, "ffn.fc2", gelu, inner, embedding);
    residual(batch, "ffn.residual", fc2);
    batch.nextLayer();
    return this;
  }

  Stage build() {
    return new Stage(name, repeat, inBlock, tasks);
  }

  private void residual(SubBatch batch, String task, int addend) {
    int embedding = shard.model().embedding();
    batch.hidden(vector(batch, task, VectorOp.RESIDUAL_ADD, embedding, batch.hidden(), addend));
  }

  private int gemm(SubBatch batch, String task, int input, int inner, int columns) {
    int weight = tensors.weight(batch.layer(), task, inner, columns);
    int output = activation(batch, task, columns);
    var kernel = new Kernel.Gemm(batch.rows(), inner, columns);
    add(batch, task, kernel, List.of(), List.of(input, weight), output);
    return output;
  }

  private int vector(SubBatch batch, String task, VectorOp op, int columns, Integer... inputs) {
    int output = activation(batch, task, columns);
    var kernel = new Kernel.Vector(op, batch.rows(), columns);
    add(batch, task, kernel, List.of(), List.of(inputs), output);
    return output;
  }

  private int activation(SubBatch batch, String task, int columns) {
    return tensors.activation(batch.number(), batch.layer(), task, batch.rows(), columns);
  }

  /** Appends a task that waits for the given ones and for those that produce its inputs. */
  private int add(
      SubBatch batch,
      String task,
      Kernel kernel,
      List<Integer> after,
      List<Integer> inputs,
      int output) {
    var produced = inputs.stream().map(producers::get).filter(Objects::nonNull);
    List<Integer> before = Stream.concat(after.stream(), produced).distinct().sorted().toList();
    int index = tasks.size();
    tasks.add(new Task(batch.number() + "." + task, kernel, before, inputs, output));
    if (output != NOTHING_IN_MEMORY) {
      producers.put(output, index);
    }
    return index;
  }
}
