// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;
import neupims.api.unit.Clock;

/**
 * The simplest memory that keeps the contract: each channel serves accesses in order, two cycles
 * each, reads arrive {@link #LATENCY} later; its PIM takes a job after the other at a cycle per
 * token.
 *
 * @param eager whether completions are recorded when work is submitted or when time gets there
 * @param pim whether it has a PIM
 */
record StreamMemory(boolean eager, boolean pim) implements MemoryModel {
  /** One row of one bank in every channel: 16 accesses each. */
  static final int STRIPE = 32 * 1024;

  /** Bus cycles of a stripe: 16 accesses of two. */
  static final int STRIPE_CYCLES = 32;

  static final int LATENCY = 30;

  /** Cycles that a GEMV takes in the PIM, about those of K or V at the multipliers' rate. */
  static long gemvCycles(Resident resident, AttentionShape shape) {
    return 200 + 4L * resident.sequenceTokens() * shape.width() / 512;
  }

  /** 32 channels of HBM2 with NeuPIMs' PIM; only geometry and burst matter here. */
  static MemorySpec spec(long hertz) {
    return new MemorySpec(
        "stream",
        "stream",
        new Clock(hertz),
        new Organization(32, 2, 4, 4, 32768, 1024, 64),
        new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 5, 16, 30, 260, 3900, 2),
        new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0, ControllerSpec.Arbitration.OLDEST_FIRST),
        Optional.empty(),
        Optional.of(
            new PimSpec(
                true,
                true,
                false,
                4,
                16,
                2,
                6,
                16,
                96,
                2,
                4,
                6,
                6,
                true,
                16,
                0,
                1,
                1,
                Optional.empty())));
  }

  @Override
  public MemoryCapabilities capabilities(MemorySpec spec) {
    return new MemoryCapabilities(pim, pim);
  }

  @Override
  public Optional<KvLayout> kvLayout(MemorySpec spec) {
    return pim ? Optional.of(new TokenTiles()) : Optional.empty();
  }

  @Override
  public MemorySession open(MemorySpec spec, CommandSink sink) {
    return new StreamSession(spec, eager);
  }

  /** 32 tokens x 512 values a tile of K, 512 tokens x 32 dimensions a tile of V. */
  static final class TokenTiles implements KvLayout {
    @Override
    public int keyPageTokens(AttentionShape shape) {
      return 32;
    }

    @Override
    public int valuePageTokens(AttentionShape shape) {
      return 512;
    }

    @Override
    public long keyTiles(int sequenceTokens, AttentionShape shape) {
      return Ceil.div(sequenceTokens, 32) * Ceil.div(shape.kvHeads() * shape.headDim(), 512);
    }

    @Override
    public long valueTiles(int sequenceTokens, AttentionShape shape) {
      return Ceil.div(sequenceTokens, 512) * Ceil.div(shape.headDim(), 32) * shape.kvHeads();
    }

    @Override
    public long tileBytes() {
      return 32 * 1024;
    }
  }
}
