// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.model.Activation;
import neupims.api.model.DataType;
import neupims.api.model.Experts;
import neupims.api.model.ModelShard;
import neupims.api.model.Precision;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.VectorOp;

/**
 * The feed-forward network of a block in a stage:
 *
 * <pre>
 * dense   fc1, GELU or RELU, fc2    or    gate, up, SwiGLU, down
 * experts router, its softmax; the same for the tokens of each expert that has some, in one product
 *         after the other; weighted sum of a token's results; beside them what all tokens go through
 * </pre>
 */
final class FeedForward {
  private final StageBuilder stage;
  private final ModelShard shard;
  private final Optional<ExpertRouting> routing;

  FeedForward(StageBuilder stage, ModelShard shard, Optional<ExpertRouting> routing) {
    this.stage = stage;
    this.shard = shard;
    this.routing = routing;
  }

  /**
   * Appends its tasks.
   *
   * @param normed its input
   * @return results that the residual stream takes in turn, by the name of the addition's task
   */
  Map<String, Integer> lower(SubBatch batch, int normed) {
    Map<String, Integer> results = new LinkedHashMap<>();
    if (shard.model().experts().isEmpty() || batch.inDenseLayer()) {
      results.put("ffn.residual", dense(batch, "ffn", normed, shard.feedForward()));
      return results;
    }
    results.put("ffn.residual", experts(batch, normed));
    if (shard.sharedFeedForward() > 0) {
      int shared = dense(batch, "ffn.shared", normed, shard.sharedFeedForward());
      results.put("ffn.shared.residual", shared);
    }
    return results;
  }

  private int dense(SubBatch batch, String name, int normed, int inner) {
    int embedding = shard.model().embedding();
    Activation activation = shard.model().block().activation();
    if (activation.gated()) {
      int gate = stage.gemm(batch, name + ".gate", normed, embedding, inner);
      int up = stage.gemm(batch, name + ".up", normed, embedding, inner);
      int product = stage.vector(batch, name + ".swiglu", VectorOp.SWIGLU, inner, gate, up);
      return stage.gemm(batch, name + ".down", product, inner, embedding);
    }
    int fc1 = stage.gemm(batch, name + ".fc1", normed, embedding, inner);
    String task = name + (activation == Activation.GELU ? ".gelu" : ".relu");
    int active = stage.vector(batch, task, op(activation), inner, fc1);
    return stage.gemm(batch, name + ".fc2", active, inner, embedding);
  }

  private static VectorOp op(Activation activation) {
    return switch (activation) {
      case GELU -> VectorOp.GELU;
      case RELU -> VectorOp.RELU;
      case SWIGLU -> VectorOp.SWIGLU;
    };
  }

  private int experts(SubBatch batch, int normed) {
    Experts experts = shard.model().experts().orElseThrow();
    Activation activation = shard.model().block().activation();
    int embedding = shard.model().embedding();
    int inner = shard.expertFeedForward();
    int routes = stage.gemm(batch, "ffn.router", normed, embedding, experts.count());
    int chances = stage.vector(batch, "ffn.route", VectorOp.SOFTMAX, experts.count(), routes);
    Routed routed =
        new Routed(
            batch,
            routing.orElseThrow().rows(batch.layer(), batch.residents(), batch.chunks()),
            stage.producer(chances));
    int rows = batch.rows();
    int all = rows * experts.perToken();
    int active;
    if (activation.gated()) {
      Integer[] inputs = {
        product(routed, "gate", normed, rows, embedding, inner),
        product(routed, "up", normed, rows, embedding, inner)
      };
      active = stage.vector(batch, "ffn.experts.swiglu", VectorOp.SWIGLU, all, inner, inputs);
    } else {
      Integer[] inputs = {product(routed, "fc1", normed, rows, embedding, inner)};
      active = stage.vector(batch, "ffn.experts.act", op(activation), all, inner, inputs);
    }
    String last = activation.gated() ? "down" : "fc2";
    int results = product(routed, last, active, all, inner, embedding);
    return sum(batch, experts.perToken(), results);
  }

  /**
   * A sub-batch whose tokens have their experts.
   *
   * @param batch the sub-batch
   * @param rows tokens of each expert
   * @param chosen the task after which that is known
   */
  private record Routed(SubBatch batch, List<ExpertRows> rows, List<Integer> chosen) {}

  /** A product of each expert's rows with its matrix. */
  private int product(
      Routed routed, String matrix, int input, int inputRows, int inner, int columns) {
    Precision precision = shard.model().precision();
    String task = "ffn.experts." + matrix;
    int count = shard.model().experts().orElseThrow().count();
    int weights = stage.expertWeights(routed.batch(), task, count, inner, columns);
    var kernel =
        new Kernel.ExpertGemm(
            routed.rows(), inputRows, inner, columns, precision.activations(), precision.weights());
    int output = stage.activation(routed.batch(), task, kernel.rows(), columns);
    List<Integer> operands = List.of(input, weights);
    stage.add(routed.batch(), task, kernel, routed.chosen(), operands, output);
    return output;
  }

  private int sum(SubBatch batch, int perToken, int results) {
    int embedding = shard.model().embedding();
    DataType values = shard.model().precision().activations();
    var kernel = new Kernel.ExpertSum(batch.rows(), perToken, embedding, values);
    int output = stage.activation(batch, "ffn.experts.sum", batch.rows(), embedding);
    stage.add(batch, "ffn.experts.sum", kernel, List.of(), List.of(results), output);
    return output;
  }
}
