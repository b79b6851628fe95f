// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.Completion;
import neupims.api.hw.MemorySession;

/** Up to where the memory is known: every completion of a kind before its cycle is recorded. */
final class Known {
  private long reads;
  private long writes;
  private long gemvs;

  /** Asks the memory. */
  void update(MemorySession memory) {
    reads = memory.horizon(Completion.READ);
    writes = memory.horizon(Completion.WRITE);
    gemvs = memory.horizon(Completion.GEMV);
  }

  /** Work is offered in the given cycle, if there is one: what comes of it is not known. */
  void offered(long cycle) {
    if (cycle == Long.MAX_VALUE) {
      return;
    }
    reads = Math.min(reads, cycle + 1);
    writes = Math.min(writes, cycle + 1);
    gemvs = Math.min(gemvs, cycle + 1);
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

  /** Everything that is done before this cycle is recorded. */
  long all() {
    return Math.min(reads, Math.min(writes, gemvs));
  }
}
