// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySpec;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GEMVs right after a write to the row that holds their operands. */
class OperandWriteTest {
  @Disabled("known fault: a GWRITE follows a write of its row after tCCD_L instead of tWTR_L")
  @ParameterizedTest
  @ValueSource(ints = {15, 16, 20, 27})
  void aGwriteWaitsForItsOperandsToBeWritten(int from) {
    MemorySpec spec = Changed.plus(Memories.neupims(), "controller.writeDrainIdle", -8);
    Bench bench = new Bench(spec);
    int lastRow = spec.organization().rows() - 1;
    bench.access(true, 0, spec.pim().orElseThrow().operandBank(), lastRow, 0);
    bench.gemv(GemvBatch.Kind.LOGIT, 32, 1, 128, Bench.FIRST_TILE, from);
    bench.run(); // which checks the trace
  }
}
