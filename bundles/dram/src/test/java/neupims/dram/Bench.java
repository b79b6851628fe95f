// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.api.program.Resident;
import neupims.api.run.StreamPattern;
import neupims.dram.check.TimingChecker;

/**
 * A memory, its channel 0 in the first place, with work offered to it, driven as the engine's micro
 * benchmarks do.
 */
final class Bench {
  /** Rows from here on hold KV tiles, away from the rows that streams walk over. */
  static final int FIRST_TILE = Memories.ORGANIZATION.rows() / 2;

  final MemorySpec spec;
  final Trace trace = new Trace();
  final TimingChecker checker;
  final MemorySession session;

  Bench(MemorySpec spec) {
    this.spec = spec;
    checker = new TimingChecker(spec);
    CommandSink sink = trace.andThen(checker);
    session =
        spec.pim().isEmpty()
            ? DramMemory.open(spec, sink)
            : DramMemory.open(spec, sink, new TileLowering());
  }

  /** Offers a stream of single accesses from cycle 0. */
  Transfer stream(StreamPattern pattern, int accesses) {
    Transfer transfer = new Transfer(pattern.writes(), accesses);
    for (int i = 0; i < accesses; i++) {
      add(transfer, 0, pattern.channelByte(spec.organization(), i));
    }
    session.submit(transfer, 0, accesses);
    return transfer;
  }

  /** Offers one access from the given cycle. */
  Transfer access(boolean write, long from, int bank, int row, int column) {
    Transfer transfer = new Transfer(write, 1);
    long chunk = (long) row * spec.organization().banks() + bank;
    add(
        transfer,
        from,
        chunk * spec.organization().rowBytes() + (long) column * spec.organization().accessBytes());
    session.submit(transfer, 0, 1);
    return transfer;
  }

  /** Offers consecutive accesses from the given cycle. */
  Transfer range(boolean write, long from, long address, int bytes) {
    Transfer transfer = new Transfer(write, 1);
    transfer.add(from, address, bytes);
    session.submit(transfer, 0, 1);
    return transfer;
  }

  private void add(Transfer transfer, long from, long channelByte) {
    transfer.add(from, session.address(0, channelByte), spec.organization().accessBytes());
  }

  /** Offers one resident's GEMV to every channel. */
  GemvBatch gemv(GemvBatch.Kind kind, int tokens, int heads, int headDim, int tile, long from) {
    int channels = spec.organization().channels();
    Resident[] residents = new Resident[channels];
    long[] firstTile = new long[channels];
    for (int c = 0; c < channels; c++) {
      residents[c] = new Resident(c, c, tokens);
      firstTile[c] = tile;
    }
    GemvBatch batch = new GemvBatch(kind, heads, headDim, residents, firstTile);
    session.submit(batch, from);
    return batch;
  }

  /** Offers one resident's GEMV from cycle 0. */
  GemvBatch gemv(GemvBatch.Kind kind, int tokens, int heads, int headDim) {
    return gemv(kind, tokens, heads, headDim, FIRST_TILE, 0);
  }

  /** Runs until no work is under way; every command must have been legal. */
  Bench run() {
    for (long next = session.horizon(); next != Long.MAX_VALUE; next = session.horizon()) {
      session.advance(next);
    }
    checker.requireLegal(session.now());
    return this;
  }

  /** Runs a stream alone; cycles until its last access is done. */
  long streamCycles(StreamPattern pattern, int accesses) {
    Transfer transfer = stream(pattern, accesses);
    run();
    return transfer.lastDoneCycle();
  }

  /** Commands of a kind so far. */
  long count(Command command) {
    return session.counters().commands(command);
  }
}
