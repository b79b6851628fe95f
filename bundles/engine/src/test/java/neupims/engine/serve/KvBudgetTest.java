// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.model.AttentionShape;
import neupims.api.model.BlockForm;
import neupims.api.model.DataType;
import neupims.api.model.DecoderModel;
import neupims.api.model.Embeddings;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.model.Precision;
import neupims.api.program.Resident;
import neupims.api.run.PluginKind;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

class KvBudgetTest {
  private static final long CHANNEL_BYTES = 4 * 256 * 1024;

  private final Variant variant = SampleVariants.variant("a");
  private final FakePlugins plugins = new FakePlugins();

  @Test
  void aPlainMemoryIsOneRegionThatHoldsWhatTheWeightsLeave() {
    KvBudget budget = budget(variant);
    // K and V, 64 values of 2 bytes a token, 8 layers.
    assertEquals(2L * 64 * 2 * 8 * 10, budget.bytes(10));
    long free = SampleVariants.CHANNELS * CHANNEL_BYTES - variant.shard().weightBytes();
    List<Resident> batch = List.of(new Resident(0, 0, 50), new Resident(1, 3, 50));
    assertEquals(budget.bytes(100) / (double) free, budget.peakFraction(batch), 1e-12);
  }

  @Test
  void aLayoutMakesEveryChannelARegionAndCountsWholeTiles() {
    plugins.put(PluginKind.MEMORY_MODEL, new TiledMemory());
    KvBudget budget = budget(variant);
    // Ten tokens: two tiles of K and one of V in each of 8 layers.
    assertEquals(8L * 3 * 4096, budget.bytes(10));
    List<Resident> together = List.of(new Resident(0, 1, 10), new Resident(1, 1, 10));
    List<Resident> apart = List.of(new Resident(0, 1, 10), new Resident(1, 2, 10));
    assertEquals(2.0, budget.peakFraction(together) / budget.peakFraction(apart), 1e-12);
  }

  @Test
  void aBlockIsATileInEveryLayerOrAPageOfTokens() {
    KvBudget plain = budget(variant);
    // 16 tokens of K and V, 64 values of 2 bytes, 8 layers.
    assertEquals(16L * 2 * 64 * 2 * 8, plain.blockBytes());
    assertEquals(2L * 64 * 2 * 8, plain.bytesPerToken());
    assertEquals(1, plain.pages().blocks(16));
    assertEquals(2, plain.pages().blocks(17));
    assertEquals(0, plain.pages().blocks(0));
    long free = SampleVariants.CHANNELS * CHANNEL_BYTES - variant.shard().weightBytes();
    assertEquals(free / plain.blockBytes(), plain.regionBlocks());
    assertEquals(1, plain.regions());

    plugins.put(PluginKind.MEMORY_MODEL, new TiledMemory());
    KvBudget tiled = budget(variant);
    assertEquals(8L * 4096, tiled.blockBytes());
    assertEquals(SampleVariants.CHANNELS, tiled.regions());
    // K grows every 5 tokens, V every 10.
    assertEquals(2, tiled.pages().blocks(1));
    assertEquals(3, tiled.pages().blocks(6));
    assertEquals(5, tiled.pages().blocks(11));
    assertEquals(free / SampleVariants.CHANNELS / 4096 / 8, tiled.regionBlocks());
  }

  @Test
  void sharedKvHeadsFormatAndWindowDecideTheBytes() {
    DecoderModel grouped =
        new DecoderModel(
            "grouped",
            "test",
            8,
            4,
            2,
            16,
            64,
            128,
            1000,
            100,
            30,
            BlockForm.GPT,
            new Embeddings(0, true),
            Optional.empty(),
            new Precision(DataType.FP16, DataType.FP16, DataType.FP8));
    ModelShard shard = new ModelShard(grouped, new Parallelism(1, 1));
    KvBudget budget = budget(SampleVariants.variant("a", shard, variant.measure(), 0));
    // K and V, 2 of 4 heads of 16 values of a byte, 8 layers; 30 tokens are kept.
    assertEquals(2L * 2 * 16 * 8 * 10, budget.bytes(10));
    assertEquals(budget.bytes(30), budget.bytes(90));
    assertNull(budget.refusal(100));
    assertNotNull(budget.refusal(101));
  }

  @Test
  void requestsBeyondPositionsOrAnEmptyChannelAreRefusedWithTheFigures() {
    plugins.put(PluginKind.MEMORY_MODEL, new TiledMemory());
    KvBudget budget = budget(variant);
    assertNull(budget.refusal(50));
    String positions = budget.refusal(101);
    assertTrue(positions.contains("101 tokens are more than the 100 positions"), positions);
    String channel = budget.refusal(100);
    assertNotNull(channel);
    assertTrue(channel.contains("an empty channel of memory has"), channel);
  }

  @Test
  void weightsThatDoNotFitAreRefusedWithNeedAndRoom() {
    DecoderModel large = DecoderModel.gpt("large", 8, 4, 1024, 4096, 1000, 100);
    ModelShard shard = new ModelShard(large, new Parallelism(1, 1));
    Variant tooLarge = SampleVariants.variant("a", shard, variant.measure(), 0);
    InputException refusal = assertThrows(InputException.class, () -> budget(tooLarge));
    String words = refusal.getMessage();
    // 12 x 1024 x 1024 weights x 8 layers x 2 bytes = 192 MiB against 4 MiB.
    assertTrue(words.contains("need 0.19 GiB a device, there are 0.00 GiB"), words);
    assertTrue(words.contains("raise --tp or --pp"), words);
  }

  private KvBudget budget(Variant of) {
    return KvBudget.of(of, Wiring.of(of, plugins));
  }

  /** A K tile holds 5 tokens, a V tile 10; a tile is a row of each of 4 banks. */
  static final class TiledMemory implements MemoryModel, KvLayout {
    @Override
    public MemoryCapabilities capabilities(MemorySpec spec) {
      return new MemoryCapabilities(true, true);
    }

    @Override
    public Optional<KvLayout> kvLayout(MemorySpec spec) {
      return Optional.of(this);
    }

    @Override
    public MemorySession open(MemorySpec spec, CommandSink sink) {
      return null; // opened to see whether it can be, and not used: the device is faked too
    }

    @Override
    public int keyPageTokens(AttentionShape shape) {
      return 5;
    }

    @Override
    public int valuePageTokens(AttentionShape shape) {
      return 10;
    }

    @Override
    public long keyTiles(int sequenceTokens, AttentionShape shape) {
      return (sequenceTokens + 4) / 5;
    }

    @Override
    public long valueTiles(int sequenceTokens, AttentionShape shape) {
      return (sequenceTokens + 9) / 10;
    }

    @Override
    public long tileBytes() {
      return 4096;
    }
  }
}
