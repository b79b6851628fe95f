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

/**
 * A memory, its channel 0 in the first place, with work offered to it, driven as the engine's micro
 * benchmarks do.
 */
class MemoryDriver {
  /** Rows from here on hold KV tiles, away from the rows that streams walk over. */
  static final int FIRST_TILE = Memories.ORGANIZATION.rows() / 2;

  final MemorySpec spec;
  final MemorySession session;

  MemoryDriver(MemorySpec spec, CommandSink sink) {
    this.spec = spec;
    session =
        spec.pim().isEmpty()
            ? DramMemory.open(spec, sink)
            : DramMemory.open(spec, sink, new TileLowering());
  }

  /** Offers a stream of single accesses from cycle 0. */
  final Transfer stream(StreamPattern pattern, int accesses) {
    Transfer transfer = new Transfer(pattern.writes(), accesses);
    for (int i = 0; i < accesses; i++) {
      add(transfer, 0, pattern.channelByte(spec.organization(), i));
    }
    session.submit(transfer, 0, accesses);
    return transfer;
  }

  /** Offers one access from the given cycle. */
  final Transfer access(boolean write, long from, int bank, int row, int column) {
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
  final Transfer range(boolean write, long from, long address, int bytes) {
    Transfer transfer = new Transfer(write, 1);
    transfer.add(from, address, bytes);
    session.submit(transfer, 0, 1);
    return transfer;
  }

  private void add(Transfer transfer, long from, long channelByte) {
    transfer.add(from, session.address(0, channelByte), spec.organization().accessBytes());
  }

  /** One resident's GEMV for every channel, not yet offered. */
  final GemvBatch batch(GemvBatch.Kind kind, int tokens, int heads, int headDim, int tile) {
    int channels = spec.organization().channels();
    Resident[] residents = new Resident[channels];
    long[] firstTile = new long[channels];
    for (int c = 0; c < channels; c++) {
      residents[c] = new Resident(c, c, tokens);
      firstTile[c] = tile;
    }
    return new GemvBatch(kind, heads, headDim, residents, firstTile);
  }

  /** Offers one resident's GEMV to every channel. */
  final GemvBatch gemv(
      GemvBatch.Kind kind, int tokens, int heads, int headDim, int tile, long from) {
    GemvBatch batch = batch(kind, tokens, heads, headDim, tile);
    session.submit(batch, from);
    return batch;
  }

  /** Offers one resident's GEMV from cycle 0. */
  final GemvBatch gemv(GemvBatch.Kind kind, int tokens, int heads, int headDim) {
    return gemv(kind, tokens, heads, headDim, FIRST_TILE, 0);
  }

  /** Advances from horizon to horizon until no work is under way. */
  final void runToEnd() {
    for (long next = session.horizon(); next != Long.MAX_VALUE; next = session.horizon()) {
      session.advance(next);
    }
  }

  /** Commands of a kind so far. */
  final long count(Command command) {
    return session.counters().commands(command);
  }
}
