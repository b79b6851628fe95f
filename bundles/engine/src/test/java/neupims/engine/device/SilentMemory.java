// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.Completion;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;

/** Breaks its contract: takes work and forgets it. */
record SilentMemory() implements MemoryModel {
  @Override
  public MemoryCapabilities capabilities(MemorySpec spec) {
    return new MemoryCapabilities(false, false);
  }

  @Override
  public Optional<KvLayout> kvLayout(MemorySpec spec) {
    return Optional.empty();
  }

  @Override
  public MemorySession open(MemorySpec spec, CommandSink sink) {
    return new MemorySession() {
      private final MemoryCounters counters = new MemoryCounters(32);

      @Override
      public long now() {
        return 0;
      }

      @Override
      public void submit(Transfer transfer, int firstSlot, int slots) {}

      @Override
      public void submit(GemvBatch batch, long fromCycle) {}

      @Override
      public void advance(long untilCycle) {}

      @Override
      public long horizon(Completion kind) {
        return Long.MAX_VALUE;
      }

      @Override
      public long address(int channel, long channelByte) {
        return 0;
      }

      @Override
      public MemoryCounters counters() {
        return counters;
      }
    };
  }
}
