// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.api.program.Resident;

/** Reads, writes and GEMVs at random places and times, the same for the same seed. */
final class RandomTraffic {
  private static final int ROUNDS = 30;

  private final Random random;
  private final boolean pim;
  private final List<Transfer> transfers = new ArrayList<>();
  private final List<GemvBatch> batches = new ArrayList<>();

  RandomTraffic(long seed, MemorySpec spec) {
    random = new Random(seed);
    pim = spec.pim().isPresent();
  }

  /** Plays everything, a stretch of {@code stride} cycles at a time. */
  void play(MemorySession session, long stride) {
    for (int round = 0; round < ROUNDS; round++) {
      long now = session.now();
      Transfer transfer = new Transfer(random.nextInt(3) == 0, 8);
      int slots = 1 + random.nextInt(40);
      long from = now;
      for (int s = 0; s < slots; s++) {
        from += random.nextInt(20) == 0 ? random.nextInt(50) : 0;
        int range = random.nextInt(4) == 0 ? 1 << 24 : 1 << 13;
        transfer.add(from, random.nextInt(range) * 64L, (1 + random.nextInt(40)) * 64);
      }
      session.submit(transfer, 0, slots);
      transfers.add(transfer);
      boolean gemv = random.nextInt(3) == 0;
      GemvBatch batch = gemv();
      if (gemv && pim) {
        session.submit(batch, now + random.nextInt(100));
        batches.add(batch);
      }
      advance(session, now + random.nextInt(3000), stride);
    }
    while (!done()) {
      advance(session, session.now() + 1000, stride);
    }
  }

  private GemvBatch gemv() {
    GemvBatch.Kind kind = random.nextBoolean() ? GemvBatch.Kind.LOGIT : GemvBatch.Kind.ATTEND;
    Resident[] residents = {new Resident(0, 0, 1 + random.nextInt(700))};
    return new GemvBatch(
        kind, 1 + random.nextInt(8), 128, residents, new long[] {random.nextInt(100)});
  }

  private static void advance(MemorySession session, long until, long stride) {
    while (session.now() < until) {
      session.advance(Math.min(until, session.now() + stride));
    }
  }

  boolean done() {
    return transfers.stream().allMatch(Transfer::done)
        && batches.stream().allMatch(GemvBatch::done);
  }

  /** Completion cycles of all slots and jobs. */
  List<Long> completions() {
    List<Long> cycles = new ArrayList<>();
    for (Transfer transfer : transfers) {
      for (int s = 0; s < transfer.slots(); s++) {
        cycles.add(transfer.doneCycle(s));
      }
    }
    batches.forEach(batch -> cycles.add(batch.doneCycle(0)));
    return cycles;
  }
}
