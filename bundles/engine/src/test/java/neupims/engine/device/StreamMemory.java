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
import neupims.api.unit.Clock;

/**
 * The simplest memory that keeps the contract: each channel serves accesses in order, two cycles
 * each, reads arrive {@link #LATENCY} later; its PIM takes a job after the other at a cycle per
 * token.
 *
 * @param eager whether completions are recorded when work is submitted or when time gets there
 */
record StreamMemory(boolean eager) implements MemoryModel {
  static final int LATENCY = 30;

  /** 32 channels of HBM2 with NeuPIMs' PIM; only geometry and burst matter here. */
  static MemorySpec spec(long hertz) {
    return new MemorySpec(
        "stream",
        "stream",
        new Clock(hertz),
        new Organization(32, 2, 4, 4, 32768, 1024, 64),
        new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 5, 16, 30, 260, 3900, 2),
        new ControllerSpec(32, 32, 32, 128, 4, 8, 0, 2, 0),
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
                Optional.empty())));
  }

  @Override
  public MemoryCapabilities capabilities(MemorySpec spec) {
    return new MemoryCapabilities(true, true);
  }

  @Override
  public Optional<KvLayout> kvLayout(MemorySpec spec) {
    return Optional.of(new TokenTiles());
  }

  @Override
  public MemorySession open(MemorySpec spec, CommandSink sink) {
    return new StreamSession(spec, eager);
  }

  /** 32 tokens x 512 values a tile of K, 512 tokens x 32 dimensions a tile of V. */
  private static final class TokenTiles implements KvLayout {
    @Override
    public int keyPageTokens() {
      return 32;
    }

    @Override
    public int valuePageTokens() {
      return 512;
    }

    @Override
    public long keyTiles(int sequenceTokens, int heads, int headDim) {
      return Ceil.div(sequenceTokens, 32) * Ceil.div(heads * headDim, 512);
    }

    @Override
    public long valueTiles(int sequenceTokens, int heads, int headDim) {
      return Ceil.div(sequenceTokens, 512) * Ceil.div(headDim, 32) * heads;
    }

    @Override
    public long tileBytes() {
      return 32 * 1024;
    }
  }
}
