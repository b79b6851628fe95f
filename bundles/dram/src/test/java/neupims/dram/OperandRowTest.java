// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import org.junit.jupiter.api.Test;

/** A GWRITE reads its row: what was written there before must have reached the array. */
class OperandRowTest {
  @Test
  void aGwriteKeepsWriteToReadDistanceFromAWriteOfItsOwnRow() {
    MemorySpec spec = Memories.neupims();
    DramTiming t = spec.timing();
    int legal = t.cwl() + t.burst() + t.wtrL();
    long nearest = Long.MAX_VALUE;
    for (int from = 0; from < 80; from++) {
      Bench bench = new Bench(spec);
      bench.range(true, 0, operandRow(spec), spec.organization().rowBytes());
      bench.gemv(GemvBatch.Kind.LOGIT, 32, 4, 128, Bench.FIRST_TILE, from);
      bench.run();
      long gwrite = bench.trace.cycle(Command.GWRITE, 0);
      for (Trace.Entry write : bench.trace.of(Command.WR)) {
        if (write.cycle() < gwrite) {
          nearest = Math.min(nearest, gwrite - write.cycle());
        }
      }
    }
    assertTrue(nearest >= legal, () -> "a GWRITE came too soon after a write");
    assertEquals(legal, nearest, "none came as soon as it may");
  }

  private static long operandRow(MemorySpec spec) {
    Organization o = spec.organization();
    long chunk = (o.rows() - 1L) * o.banks() + spec.pim().orElseThrow().operandBank();
    return chunk * o.rowBytes();
  }
}
