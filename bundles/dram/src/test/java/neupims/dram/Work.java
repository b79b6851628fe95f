// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.Transfer;
import neupims.api.program.Resident;

/** Work for one channel, as the reference's micro benchmarks offer it. */
final class Work {
  private static final int COLUMNS = 16;
  private static final int BANKS = 32;
  private static final int ROWS = 32_768;

  private Work() {}

  /** Offers 64 B accesses in the order of a pattern, see the reference's README. */
  static Transfer offer(MemorySession session, String pattern, int requests) {
    Transfer transfer = new Transfer(pattern.equals("seqwrite"), requests);
    for (int i = 0; i < requests; i++) {
      transfer.add(0, session.address(0, byteOf(pattern, i)), 64);
    }
    session.submit(transfer, 0, requests);
    return transfer;
  }

  private static long byteOf(String pattern, int i) {
    return switch (pattern) {
      case "seq", "onerow", "seqwrite" -> at(i / COLUMNS / BANKS, i / COLUMNS % BANKS, i % COLUMNS);
      case "samebank" -> at(i, 0, 0);
      case "bankrr" -> at(i / BANKS, i % BANKS, 0);
      case "bgrr" -> {
        int row = i / COLUMNS / BANKS;
        int bank = i % 4 * 4 + i / 4 / COLUMNS % 4 + i / 16 / COLUMNS % 2 * 16;
        yield at(row, bank, i / 4 % COLUMNS);
      }
      default -> throw new IllegalArgumentException(pattern);
    };
  }

  private static long at(int row, int bank, int column) {
    return ((row % ROWS * (long) BANKS + bank) * COLUMNS + column) * 64;
  }

  /** Offers one request's GEMV. */
  static GemvBatch offer(
      MemorySession session, GemvBatch.Kind kind, int tokens, int heads, int headDim, long tile) {
    Resident[] residents = {new Resident(0, 0, tokens)};
    GemvBatch batch = new GemvBatch(kind, heads, headDim, residents, new long[] {tile});
    session.submit(batch, 0);
    return batch;
  }

  /** Advances from horizon to horizon until nothing is left to do. */
  static void run(MemorySession session) {
    for (long at = session.horizon(); at != Long.MAX_VALUE; at = session.horizon()) {
      session.advance(at);
    }
  }
}
