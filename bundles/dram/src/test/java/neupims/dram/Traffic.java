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
 * Random work in the order of its submission, the same for the same seed: reads and writes of one
 * access up to a few rows and, for a memory with a PIM, GEMVs of both kinds.
 */
final class Traffic {
  /** One piece of work, with the cycle of its submission. */
  record Piece(long cycle, boolean write, List<Slot> slots, Gemv gemv, long from) {
    /** Submits it; the session's time must not be later. */
    Submitted submitTo(MemoryDriver memory) {
      if (gemv != null) {
        return new Submitted(
            null, memory.gemv(gemv.kind, gemv.tokens, gemv.heads, 128, gemv.tile, from));
      }
      Transfer transfer = new Transfer(write, slots.size());
      slots.forEach(slot -> transfer.add(slot.from, slot.address, slot.bytes));
      memory.session.submit(transfer, 0, transfer.slots());
      return new Submitted(transfer, null);
    }
  }

  private record Slot(long from, long address, int bytes) {}

  private record Gemv(Kind kind, int tokens, int heads, int tile) {}

  /** A submitted piece: one of the two. */
  record Submitted(Transfer transfer, GemvBatch batch) {
    boolean done() {
      return batch == null ? transfer.done() : batch.done();
    }

    /** The cycles recorded so far of each slot or job, -1 where there is none. */
    long[] doneCycles() {
      long[] cycles = new long[batch == null ? transfer.slots() : batch.jobs()];
      for (int i = 0; i < cycles.length; i++) {
        cycles[i] = batch == null ? transfer.doneCycle(i) : batch.doneCycle(i);
      }
      return cycles;
    }
  }

  private final Random random;
  private final MemorySpec spec;
  private final List<Piece> pieces = new ArrayList<>();

  private Traffic(MemorySpec spec, long seed) {
    this.spec = spec;
    random = new Random(seed);
  }

  /**
   * Pieces in bursts and with pauses, each a single slot or GEMV that starts when it is submitted;
   * half of the slots lie in a few rows, so that rows hit, miss and meet the rows of GEMVs.
   */
  static List<Piece> singles(MemorySpec spec, long seed, int count) {
    Traffic traffic = new Traffic(spec, seed);
    long cycle = 0;
    for (int i = 0; i < count; i++) {
      cycle += traffic.pauseAfterSingle();
      traffic.addSingle(cycle);
    }
    return traffic.pieces;
  }

  private int pauseAfterSingle() {
    return random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(4);
  }

  private void addSingle(long cycle) {
    if (spec.pim().isPresent() && random.nextInt(20) == 0) {
      int tokens = 1 + random.nextInt(random.nextBoolean() ? 64 : 700);
      int tile = random.nextInt(16);
      addGemv(cycle, random.nextBoolean(), tokens, 1 + random.nextInt(5), tile, cycle);
      return;
    }
    long rowSet = (long) spec.organization().banks() * spec.organization().rowBytes();
    long rows = random.nextBoolean() ? 4 : spec.organization().rows();
    int accessBytes = spec.organization().accessBytes();
    int bytes = accessBytes * (1 + (random.nextBoolean() ? 0 : random.nextInt(48)));
    long limit = Math.min(rows * rowSet, spec.organization().bytes() - bytes);
    long address = (long) (random.nextDouble() * limit) / accessBytes * accessBytes;
    boolean write = random.nextInt(3) == 0;
    pieces.add(new Piece(cycle, write, List.of(new Slot(cycle, address, bytes)), null, cycle));
  }

  /**
   * Transfers of many slots, most of them offered later than they are submitted, and GEMVs that
   * start later, too; a new transfer before the one before is done, or long after it.
   */
  static List<Piece> lists(MemorySpec spec, long seed, int rounds) {
    Traffic traffic = new Traffic(spec, seed);
    long cycle = 0;
    for (int round = 0; round < rounds; round++) {
      traffic.addList(cycle);
      cycle += traffic.random.nextInt(3000);
    }
    return traffic.pieces;
  }

  private void addList(long cycle) {
    boolean write = random.nextInt(3) == 0;
    int count = 1 + random.nextInt(40);
    int accessBytes = spec.organization().accessBytes();
    List<Slot> slots = new ArrayList<>();
    long from = cycle;
    for (int i = 0; i < count; i++) {
      from += random.nextInt(20) == 0 ? random.nextInt(50) : 0;
      int range = random.nextInt(4) == 0 ? 1 << 24 : 1 << 13;
      long address = random.nextInt(range - 40) * (long) accessBytes;
      slots.add(new Slot(from, address, (1 + random.nextInt(40)) * accessBytes));
    }
    pieces.add(new Piece(cycle, write, slots, null, cycle));
    if (spec.pim().isPresent() && random.nextInt(3) == 0) {
      int tokens = 1 + random.nextInt(700);
      int heads = 1 + random.nextInt(8);
      int tile = random.nextInt(100);
      addGemv(cycle, random.nextBoolean(), tokens, heads, tile, cycle + random.nextInt(100));
    }
  }

  private void addGemv(long cycle, boolean logit, int tokens, int heads, int tile, long from) {
    Gemv gemv = new Gemv(logit ? Kind.LOGIT : Kind.ATTEND, tokens, heads, tile);
    pieces.add(new Piece(cycle, false, List.of(), gemv, from));
  }

  /** When all work of these tests is done; {@link #play} goes on at least to it. */
  static final long END = 300_000;

  /**
   * Submits everything at its time, advancing at most a stride at a time, and runs to the end;
   * everything must be done then and every command have been legal.
   */
  static List<Submitted> play(List<Piece> work, Bench bench, int stride) {
    List<Submitted> all = new ArrayList<>();
    for (Piece piece : work) {
      advance(bench, piece.cycle, stride);
      all.add(piece.submitTo(bench));
    }
    while (bench.session.horizon() != Long.MAX_VALUE) {
      bench.session.advance(bench.session.now() + stride);
    }
    advance(bench, END, END);
    bench.checker.requireLegal(bench.session.now());
    if (!all.stream().allMatch(Submitted::done)) {
      throw new AssertionError("no work under way, but not all is done");
    }
    return all;
  }

  private static void advance(Bench bench, long until, long stride) {
    for (long at = bench.session.now(); at < until; at = bench.session.now()) {
      bench.session.advance(Math.min(until, at + stride));
    }
  }
}
