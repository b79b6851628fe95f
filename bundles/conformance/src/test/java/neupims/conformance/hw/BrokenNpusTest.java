// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.Kernel;
import neupims.api.program.Resident;
import neupims.conformance.Broken;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.Test;

/** An NPU of one tile a kernel, and what is said when something is wrong with it. */
final class BrokenNpusTest {
  /** What is wrong. */
  private enum Fault {
    NONE,
    LATE_LOAD,
    FAST,
    HALF_STORED,
    HALF_LOADED,
    LARGE,
    WITHOUT_LOADS,
    COUNTING,
    ONE_SOFTMAX
  }

  /** Plans matrix products that fit, and softmax. */
  private record OneTile(Fault fault, AtomicInteger calls) implements NpuModel {
    @Override
    public NpuPlan plan(NpuSpec npu, Kernel kernel) {
      if (kernel instanceof Kernel.Gemm gemm) {
        return new NpuPlan(List.of(tile(npu, gemm)), macs(gemm), NpuPlan.Issue.PHYSICAL);
      } else if (kernel instanceof Kernel.PimLogitSoftmax logit) {
        List<NpuTile> tiles = new ArrayList<>();
        for (Resident resident : logit.residents()) {
          NpuTile tile = new NpuTile();
          int step = tile.step(NpuTile.Unit.VECTOR, -1, -1, -1, 0, 0, 10, 10);
          int bytes = resident.sequenceTokens() * logit.shape().kv().bytes();
          tile.store(step, 0, logit.shape().heads() * bytes);
          tiles.add(tile);
        }
        int count = fault == Fault.ONE_SOFTMAX ? 1 : tiles.size();
        return new NpuPlan(tiles.subList(0, count), 0, NpuPlan.Issue.PHYSICAL);
      }
      throw new IllegalArgumentException("only matrix products");
    }

    private static long macs(Kernel.Gemm gemm) {
      return (long) gemm.rows() * gemm.inner() * gemm.columns();
    }

    private NpuTile tile(NpuSpec npu, Kernel.Gemm gemm) {
      int activations = gemm.rows() * gemm.inner() * gemm.activations().bytes();
      int weights = gemm.inner() * gemm.columns() * gemm.weights().bytes();
      int output = gemm.rows() * gemm.columns() * gemm.activations().bytes();
      boolean fits =
          activations + weights <= npu.scratchpadBytes() / 2
              && output <= npu.accumulatorBytes() / 2;
      if (!fits && fault != Fault.LARGE) {
        throw new IllegalArgumentException("too large");
      }
      NpuTile tile = new NpuTile();
      int first = tile.load(0, 0, activations);
      int second = tile.load(1, 0, fault == Fault.HALF_LOADED ? (weights + 1) / 2 : weights);
      long cycles = (macs(gemm) + npu.peakMacsPerCycle() - 1) / npu.peakMacsPerCycle();
      if (fault == Fault.FAST) {
        cycles = cycles / 2;
      } else if (fault == Fault.COUNTING) {
        cycles += calls.getAndIncrement();
      } else if (fault == Fault.LATE_LOAD) {
        second = 2;
      } else if (fault == Fault.WITHOUT_LOADS) {
        first = -1;
        second = -1;
      }
      int step = tile.step(NpuTile.Unit.MATRIX, first, second, -1, 0, 0, cycles, cycles);
      tile.store(step, 0, fault == Fault.HALF_STORED ? (output + 1) / 2 : output);
      return tile;
    }
  }

  private static NpuModel with(Fault fault) {
    return new OneTile(fault, new AtomicInteger());
  }

  @Test
  void everyPropertyCanFail() {
    Broken.assertHold(Contracts.npu(List.of()), () -> with(Fault.NONE));
    new Broken<NpuModel>()
        .add("well-formed plans", "no such load", () -> with(Fault.LATE_LOAD))
        .add("peak compute", "MACs at", () -> with(Fault.FAST))
        .add("work conservation", "bytes up to", () -> with(Fault.HALF_STORED))
        .add("bytes loaded", "bytes up to", () -> with(Fault.HALF_LOADED))
        .add("SRAM", "half of the buffer", () -> with(Fault.LARGE))
        .add("causality", "waits for no load", () -> with(Fault.WITHOUT_LOADS))
        .add("determinism", "planned again", () -> with(Fault.COUNTING))
        .add("softmax of PIM results", "tiles of a softmax", () -> with(Fault.ONE_SOFTMAX))
        .assertEachIsFound(() -> Contracts.npu(List.of()));
  }
}
