// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.Completion;
import neupims.api.hw.MemorySession;

/** Up to where the memory is known: every completion of a kind before its cycle is recorded. */
final class Known {
  private long reads;
  private long writes;
  private long gemvs;
  private long vectors;

  /** Asks the memory. */
  void update(MemorySession memory) {
    reads = memory.horizon(Completion.READ);
    writes = memory.horizon(Completion.WRITE);
    gemvs = memory.horizon(Completion.GEMV);
    vectors = Math.min(reads, gemvs);
  }

  /** A task waits for nothing but its writes: the next one's vector steps may follow on these. */
  void closing() {
    vectors = Math.min(vectors, writes);
  }

  /** Work is offered in the given cycle, if there is one: what comes of it is not known. */
  void offered(long cycle) {
    if (cycle == Long.MAX_VALUE) {
      return;
    }
    reads = Math.min(reads, cycle + 1);
    writes = Math.min(writes, cycle + 1);
    gemvs = Math.min(gemvs, cycle + 1);
    vectors = Math.min(vectors, cycle + 1);
  }

  /** Every read that is done before this cycle is recorded. */
  long reads() {
    return reads;
  }

  /** Every write that is done before this cycle is recorded. */
  long writes() {
    return writes;
  }

  /** Every GEMV that is done before this cycle is recorded. */
  long gemvs() {
    return gemvs;
  }

  /** Every vector step whose operands are there before this cycle is known. */
  long vectors() {
    return vectors;
  }
}
