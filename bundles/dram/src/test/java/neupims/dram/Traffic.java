// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.GemvBatch.Kind;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;

/**
 * Random work in the order of its submission: reads and writes of one access up to a few rows, in
 * bursts and with pauses, half of them in a few rows so that rows hit, miss and meet the rows of
 * GEMVs, and, for a memory with a PIM, GEMVs of both kinds.
 */
final class Traffic {
  /** One piece of work. */
  record Work(long cycle, boolean gemv, boolean flag, long address, int size, int heads) {
    /** Submits it; the session's time must not be later. */
    Object submitTo(Bench bench) {
      if (gemv) {
        return bench.gemv(flag ? Kind.LOGIT : Kind.ATTEND, size, heads, 128, (int) address, cycle);
      }
      return bench.range(flag, cycle, address, size);
    }
  }

  private Traffic() {}

  /** Pieces of work with the cycles of their submission, ascending. */
  static List<Work> random(MemorySpec spec, long seed, int pieces) {
    Random random = new Random(seed);
    List<Work> all = new ArrayList<>();
    long cycle = 0;
    for (int i = 0; i < pieces; i++) {
      cycle += random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(4);
      boolean gemv = spec.pim().isPresent() && random.nextInt(20) == 0;
      all.add(gemv ? gemv(cycle, random) : transfer(spec, cycle, random));
    }
    return all;
  }

  private static Work gemv(long cycle, Random random) {
    int tokens = 1 + random.nextInt(random.nextBoolean() ? 64 : 700);
    int tile = random.nextInt(16);
    return new Work(cycle, true, random.nextBoolean(), tile, tokens, 1 + random.nextInt(5));
  }

  private static Work transfer(MemorySpec spec, long cycle, Random random) {
    long rowSet = (long) spec.organization().banks() * spec.organization().rowBytes();
    long rows = random.nextBoolean() ? 4 : spec.organization().rows();
    int accessBytes = spec.organization().accessBytes();
    int bytes = accessBytes * (1 + (random.nextBoolean() ? 0 : random.nextInt(48)));
    long limit = Math.min(rows * rowSet, spec.organization().bytes() - bytes);
    long address = (long) (random.nextDouble() * limit) / accessBytes * accessBytes;
    return new Work(cycle, false, random.nextInt(3) == 0, address, bytes, 0);
  }

  /** When all work of these tests is done; {@link #play} goes on at least to it. */
  static final long END = 300_000;

  /** Submits everything at its time, advancing at most a stride at a time, and runs to the end. */
  static void play(List<Work> work, Bench bench, int stride) {
    for (Work piece : work) {
      advance(bench, piece.cycle, stride);
      piece.submitTo(bench);
    }
    while (bench.session.horizon() != Long.MAX_VALUE) {
      bench.session.advance(bench.session.now() + stride);
    }
    advance(bench, END, END);
    bench.checker.requireLegal(bench.session.now());
  }

  private static void advance(Bench bench, long until, long stride) {
    for (long at = bench.session.now(); at < until; at = bench.session.now()) {
      bench.session.advance(Math.min(until, at + stride));
    }
  }

  /** Completions recorded so far, of slots and jobs. */
  static int done(Object submitted) {
    return submitted instanceof GemvBatch batch
        ? batch.doneJobs()
        : ((Transfer) submitted).doneSlots();
  }

  /** The latest completion recorded so far. */
  static long lastDone(Object submitted) {
    return submitted instanceof GemvBatch batch
        ? batch.lastDoneCycle()
        : ((Transfer) submitted).lastDoneCycle();
  }
}
