// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Shares of a device, the expectations by hand. */
class ModelShardTest {
  private static final BlockForm LLAMA =
      new BlockForm(Activation.SWIGLU, Norm.RMS, 2, false, false, false, false);

  private static DecoderModel model(
      int heads, int kvHeads, int feedForward, Optional<Experts> experts, Precision precision) {
    return new DecoderModel(
        "m",
        "m",
        4,
        heads,
        kvHeads,
        128,
        1024,
        feedForward,
        32000,
        4096,
        0,
        LLAMA,
        new Embeddings(0, false),
        experts,
        precision);
  }

  private static ModelShard dense(int kvHeads, int tp) {
    DecoderModel model = model(32, kvHeads, 2816, Optional.empty(), Precision.of(DataType.FP16));
    return new ModelShard(model, new Parallelism(tp, 1));
  }

  @Test
  void headsAndKvHeadsAreSpreadOverTheDevices() {
    ModelShard shard = dense(8, 4);
    assertEquals(8, shard.heads());
    assertEquals(2, shard.kvHeads());
    assertEquals(4, shard.attention().group());
    assertEquals((8 + 2 * 2) * 128, shard.qkvWidth());
    assertEquals(2L * 4 * 2 * 128 * 2, shard.kvBytesPerToken());
    assertEquals(2L * 4 * 8 * 128 * 2, shard.model().kvBytesPerToken());
  }

  @Test
  void fewerKvHeadsThanDevicesAreOnSeveralOfThem() {
    ModelShard shard = dense(2, 8);
    assertEquals(1, shard.kvHeads());
    assertEquals(4, shard.attention().group());
    assertEquals((4 + 2) * 128, shard.qkvWidth());
  }

  @Test
  void kvHeadsThatCannotBeSpreadOrRepeatedEvenlyAreRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> dense(16, 32 / 4 * 3));
    assertTrue(e.getMessage().contains("tp 24 does not divide m: it has 32 heads"), e.getMessage());
    DecoderModel six = model(48, 6, 2816, Optional.empty(), Precision.of(DataType.FP16));
    var uneven =
        assertThrows(
            IllegalArgumentException.class, () -> new ModelShard(six, new Parallelism(4, 1)));
    assertTrue(
        uneven.getMessage().contains("tp 4 neither divides the 6 KV heads of m"),
        uneven.getMessage());
  }

  @Test
  void weightsAreThoseOfTheMatricesInTheirFormat() {
    Precision mixed = new Precision(DataType.INT8, DataType.FP16, DataType.FP8);
    DecoderModel model = model(32, 8, 2816, Optional.empty(), mixed);
    ModelShard shard = new ModelShard(model, new Parallelism(2, 2));
    // Q, K, V; projection; gate, up and down: a byte each.
    long block = 1024L * (16 + 2 * 4) * 128 + 16 * 128 * 1024L + 3L * 1024 * 1408;
    assertEquals(block, shard.blockWeightBytes());
    assertEquals(2 * block, shard.weightBytes());
    assertEquals(2L * 2 * 4 * 128, shard.kvBytesPerToken());
  }

  @Test
  void everyDeviceHasItsPartOfEveryExpertAndTheWholeRouter() {
    Experts experts = new Experts(8, 2, 512, 256, false, Experts.Routing.UNIFORM);
    DecoderModel model = model(32, 32, 0, Optional.of(experts), Precision.of(DataType.FP16));
    ModelShard shard = new ModelShard(model, new Parallelism(4, 1));
    long attention = 1024L * (3 * 8 + 8) * 128;
    long network = 3L * 1024 * (8 * 512 + 256) / 4;
    assertEquals(2 * (attention + network + 1024 * 8), shard.blockWeightBytes());
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ModelShard(withExpertColumns(510), new Parallelism(4, 1)));
    assertTrue(e.getMessage().contains("they have 510 feed-forward columns"), e.getMessage());
  }

  /** Four layers, the first dense: of two devices the second one holds the most. */
  @Test
  void denseLayersAreTheFirstDevicesAndWeighLess() {
    Experts experts = new Experts(8, 2, 512, 256, false, Experts.Routing.UNIFORM, 1);
    DecoderModel model = model(32, 32, 1024, Optional.of(experts), Precision.of(DataType.FP16));
    ModelShard whole = new ModelShard(model, new Parallelism(1, 1));
    long attention = 1024L * 4 * 32 * 128;
    long dense = 2 * (attention + 3L * 1024 * 1024);
    long expert = 2 * (attention + 3L * 1024 * (8 * 512 + 256) + 1024 * 8);
    assertEquals(dense, whole.denseBlockWeightBytes());
    assertEquals(expert, whole.blockWeightBytes());
    assertEquals(new Layers(4, 1), whole.layers(0));
    assertEquals(dense + 3 * expert, whole.weightBytes());
    long norms = (2L * 4 + 1) * 1024;
    long tables = model.parameters() - norms - whole.weightBytes() / 2;
    assertEquals(2L * model.vocabulary() * 1024, tables);
    ModelShard two = new ModelShard(model, new Parallelism(1, 2));
    assertEquals(new Layers(2, 1), two.layers(0));
    assertEquals(new Layers(2, 0), two.layers(1));
    assertEquals(2 * expert, two.weightBytes());
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new ModelShard(model, new Parallelism(1, 4)));
    assertTrue(e.getMessage().contains("leaves the first device 1"), e.getMessage());
  }

  private static DecoderModel withExpertColumns(int columns) {
    Experts experts = new Experts(8, 2, columns, 0, false, Experts.Routing.UNIFORM);
    return model(32, 32, 0, Optional.of(experts), Precision.of(DataType.FP16));
  }

  @Test
  void aModelHasOneFeedForwardNetworkOrExperts() {
    Experts experts = new Experts(8, 2, 512, 0, false, Experts.Routing.UNIFORM);
    Precision fp16 = Precision.of(DataType.FP16);
    assertThrows(IllegalArgumentException.class, () -> model(8, 8, 64, Optional.of(experts), fp16));
    assertThrows(IllegalArgumentException.class, () -> model(8, 8, 0, Optional.empty(), fp16));
    Experts later = new Experts(8, 2, 512, 0, false, Experts.Routing.UNIFORM, 1);
    assertThrows(IllegalArgumentException.class, () -> model(8, 8, 0, Optional.of(later), fp16));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Experts(8, 9, 512, 0, false, Experts.Routing.UNIFORM));
  }

  @Test
  void aWindowBoundsWhatIsKept() {
    DecoderModel all = dense(8, 1).model();
    assertEquals(5000, all.keptTokens(5000));
    DecoderModel windowed =
        new DecoderModel(
            "w",
            "w",
            1,
            8,
            0,
            0,
            512,
            1024,
            100,
            8192,
            4096,
            LLAMA,
            new Embeddings(0, true),
            Optional.empty(),
            Precision.of(DataType.BF16));
    assertEquals(4096, windowed.keptTokens(5000));
    assertEquals(4095, windowed.keptTokens(4095));
    assertEquals(64, windowed.headDim());
    assertEquals(8, windowed.kvHeads());
  }
}
