// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import neupims.api.hw.Command;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;
import neupims.api.program.Resident;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GEMVs of query heads that share KV heads, at command level. */
class SharedHeadsTest {
  private record Outcome(long cycles, long activates, long steps, long results, long gwrites) {}

  /** Runs K q and logit V of some requests, every command legal and no horizon too far. */
  private static Outcome run(MemorySpec spec, AttentionShape shape, int... tokens) {
    Bench bench = new Bench(spec);
    MemorySession session = bench.session;
    TiledKvLayout layout = new TiledKvLayout(spec.organization());
    long last = 0;
    long tile = 10;
    for (int request = 0; request < tokens.length; request++) {
      Resident[] resident = {new Resident(request, 0, tokens[request])};
      for (GemvBatch.Kind kind : GemvBatch.Kind.values()) {
        GemvBatch batch = new GemvBatch(kind, shape, resident, new long[] {tile});
        tile +=
            kind == GemvBatch.Kind.LOGIT
                ? layout.keyTiles(tokens[request], shape)
                : layout.valueTiles(tokens[request], shape);
        session.submit(batch, session.now());
        while (!batch.done()) {
          long horizon = session.horizon();
          session.advance(horizon + 3);
          assertTrue(!batch.done() || batch.lastDoneCycle() >= horizon, "horizon too far");
        }
        last = batch.lastDoneCycle();
      }
    }
    bench.checker.requireLegal(session.now());
    return new Outcome(
        last,
        bench.count(Command.PIM_ACT),
        bench.count(Command.PIM_COMP),
        bench.count(Command.PIM_RDRES),
        bench.count(Command.GWRITE));
  }

  private static AttentionShape shape(int heads, int kvHeads, DataType kv) {
    return new AttentionShape(heads, kvHeads, 128, DataType.FP16, kv);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pim-newton", "pim-neupims"})
  void withOneOperandInTheBufferSharingSavesRowsAndNoCommands(String memory) {
    MemorySpec spec = Memories.reference(memory);
    Outcome own = run(spec, AttentionShape.multiHead(16, 128), 300, 700);
    Outcome shared = run(spec, shape(16, 4, DataType.FP16), 300, 700);
    assertEquals(own.steps(), shared.steps());
    assertEquals(own.results(), shared.results());
    assertEquals(own.gwrites(), shared.gwrites());
    assertEquals(own.activates(), shared.activates());
    assertEquals(1.0, shared.cycles() / (double) own.cycles(), 0.02); // refreshes fall elsewhere
  }

  @ParameterizedTest
  @ValueSource(strings = {"pim-newton", "pim-neupims"})
  void operandsThatFitTogetherShareTheActivates(String memory) {
    MemorySpec spec = Memories.reference(memory);
    MemorySpec wide = Memories.with(spec, Changed.operandRows(spec.pim().orElseThrow(), 4));
    AttentionShape shape = shape(16, 4, DataType.FP16);
    Outcome one = run(spec, shape, 300, 700);
    Outcome four = run(wide, shape, 300, 700);
    assertEquals(one.steps(), four.steps());
    assertEquals(one.gwrites(), four.gwrites());
    assertEquals(one.activates(), 4 * four.activates());
    assertTrue(four.cycles() < one.cycles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pim-newton", "pim-neupims"})
  void shortSequencesAndNarrowFormatsAreLegalToo(String memory) {
    MemorySpec spec = Memories.reference(memory);
    for (int tokens : new int[] {1, 17, 33, 520}) {
      for (int kvHeads : new int[] {1, 2, 3}) {
        Outcome wide = run(spec, shape(6, kvHeads, DataType.FP16), tokens, tokens);
        Outcome narrow = run(spec, shape(6, kvHeads, DataType.INT8), tokens, tokens);
        assertTrue(narrow.activates() <= wide.activates());
        // A row-full of V has more tokens, so a head's last steps may be shared.
        assertTrue(narrow.steps() <= wide.steps());
      }
    }
  }
}
