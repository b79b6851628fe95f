// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import neupims.api.model.Activation;
import neupims.api.model.BlockForm;
import neupims.api.model.DataType;
import neupims.api.model.DecoderModel;
import neupims.api.model.Embeddings;
import neupims.api.model.Experts;
import neupims.api.model.ModelShard;
import neupims.api.model.Norm;
import neupims.api.model.Parallelism;
import neupims.api.model.Precision;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;

/** Inputs of properties. {@link Random} because its sequence is specified. */
public final class Cases {
  /** Positions of the GPT-3 models: the longest sequence. */
  public static final int MAX_TOKENS = 2048;

  /** An estimator for policies that want one: a request costs its length. */
  public static final GemvEstimator TOKENS = (shape, sequenceTokens) -> sequenceTokens;

  /** GPT3-7B with TP 4 on HBM2 with rows of 1 KB and 32 banks ([P] sec. 6). */
  public static final GemvShape SHAPE = new GemvShape(8, 128, 512, 32);

  private static final List<ModelShard> SHARDS =
      List.of(
          shard("gpt3-7b", 32, 32, 4096, 4, 1),
          shard("gpt3-13b", 40, 40, 5120, 4, 1),
          shard("gpt3-30b", 48, 56, 7168, 4, 2),
          shard("gpt3-175b", 96, 96, 12288, 8, 4),
          shard("one layer", 1, 2, 64, 1, 1),
          shard("two layers", 2, 6, 96, 3, 1),
          new ModelShard(grouped(), new Parallelism(4, 1)),
          new ModelShard(parallel(), new Parallelism(2, 1)),
          new ModelShard(experts(Experts.Routing.UNIFORM), new Parallelism(2, 1)),
          new ModelShard(experts(Experts.Routing.BALANCED), new Parallelism(1, 2)),
          new ModelShard(denseFirst(), new Parallelism(2, 1)));

  private Cases() {}

  /** Every parameter with its default. */
  public static Parameters defaults(List<ParameterSpec> specs) {
    Map<String, Object> values = new HashMap<>();
    specs.forEach(spec -> spec.defaultValue().ifPresent(v -> values.put(spec.name(), v)));
    return new Parameters(values);
  }

  /** A number of a range, both ends in it. */
  public static int between(Random random, int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** Requests with ids in no particular order, spread over the channels without a plan. */
  public static List<Resident> residents(Random random, int count, int channels) {
    List<Resident> residents = new ArrayList<>();
    long id = random.nextInt(1000);
    for (int i = 0; i < count; i++) {
      id += 1 + random.nextInt(9);
      residents.add(new Resident(id, random.nextInt(channels), between(random, 1, MAX_TOKENS)));
    }
    return residents;
  }

  /** Shares of the models of [P] sec. 6 and of two small ones. */
  public static List<ModelShard> shards() {
    return SHARDS;
  }

  private static ModelShard shard(
      String name, int layers, int heads, int embedding, int tensor, int pipeline) {
    DecoderModel model =
        DecoderModel.gpt(name, layers, heads, embedding, 4 * embedding, 50304, MAX_TOKENS);
    return new ModelShard(model, new Parallelism(tensor, pipeline));
  }

  /** Two KV heads for four devices, a gate, a window, and a format of each class of tensor. */
  private static DecoderModel grouped() {
    return model(
        new BlockForm(Activation.SWIGLU, Norm.RMS, 2, false, true, false, false),
        2,
        1408,
        500,
        Optional.empty(),
        new Precision(DataType.INT8, DataType.BF16, DataType.FP8));
  }

  /** One KV head; attention and feed-forward network side by side. */
  private static DecoderModel parallel() {
    return model(
        new BlockForm(Activation.GELU, Norm.LAYER, 1, true, false, false, false),
        1,
        2048,
        0,
        Optional.empty(),
        Precision.of(DataType.FP16));
  }

  private static DecoderModel experts(Experts.Routing routing) {
    return model(
        new BlockForm(Activation.SWIGLU, Norm.RMS, 2, false, false, false, false),
        4,
        0,
        0,
        Optional.of(new Experts(12, 3, 96, 192, true, routing)),
        Precision.of(DataType.FP16));
  }

  /** Two layers with a network of their own before two with experts. */
  private static DecoderModel denseFirst() {
    return model(
        new BlockForm(Activation.SWIGLU, Norm.RMS, 2, false, false, false, false),
        4,
        1088,
        0,
        Optional.of(new Experts(12, 3, 96, 192, false, Experts.Routing.UNIFORM, 2)),
        Precision.of(DataType.FP16));
  }

  private static DecoderModel model(
      BlockForm block,
      int kvHeads,
      int feedForward,
      int window,
      Optional<Experts> experts,
      Precision precision) {
    return new DecoderModel(
        "case",
        "case",
        4,
        8,
        kvHeads,
        64,
        512,
        feedForward,
        1000,
        MAX_TOKENS,
        window,
        block,
        new Embeddings(0, false),
        experts,
        precision);
  }
}
