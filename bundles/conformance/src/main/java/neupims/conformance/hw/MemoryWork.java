// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.program.Resident;
import neupims.conformance.Cases;

/**
 * Random work for a memory, the same for the same seed: reads, writes to other rows, and for a PIM
 * GEMVs of both kinds on rows of their own, in bursts and with pauses.
 *
 * @param pieces in order of submission
 */
record MemoryWork(List<Piece> pieces) {
  private static final int PIECES = 60;
  private static final int HEAD_DIM = 128;

  /**
   * Something that is submitted at once.
   *
   * @param cycle when
   * @param kind what
   * @param channel where
   * @param firstByte of the channel, or the tile of a GEMV
   * @param size accesses, or tokens of a GEMV
   */
  record Piece(long cycle, Kind kind, int channel, long firstByte, int size) {}

  /** What is submitted. */
  enum Kind {
    READ,
    WRITE,
    LOGIT,
    ATTEND
  }

  /**
   * Work of a seed.
   *
   * @param gemv whether there are GEMVs among it
   */
  static MemoryWork random(MemorySpec spec, boolean gemv, long seed) {
    Random random = new Random(seed);
    Organization o = spec.organization();
    long quarter = o.channelBytes() / 4 / o.rowBytes() * o.rowBytes();
    long[] written = new long[o.channels()];
    List<Piece> pieces = new ArrayList<>();
    long cycle = 0;
    for (int i = 0; i < PIECES; i++) {
      cycle += random.nextInt(4) == 0 ? random.nextInt(900) : random.nextInt(8);
      int channel = random.nextInt(o.channels());
      if (gemv && random.nextInt(10) == 0) {
        Kind kind = random.nextBoolean() ? Kind.LOGIT : Kind.ATTEND;
        int tile = o.rows() / 2 + random.nextInt(16);
        pieces.add(new Piece(cycle, kind, channel, tile, Cases.between(random, 1, 400)));
        continue;
      }
      int accesses = 1 + (random.nextBoolean() ? 0 : random.nextInt(48));
      long bytes = (long) accesses * o.accessBytes();
      if (random.nextInt(3) == 0 && written[channel] + bytes <= quarter) {
        // Rows of their own, each access once: whatever a controller merges or answers from its
        // write buffer, the counts stay what they are.
        pieces.add(new Piece(cycle, Kind.WRITE, channel, quarter + written[channel], accesses));
        written[channel] += bytes;
      } else {
        long range = random.nextBoolean() ? 4L * o.banks() * o.rowBytes() : quarter;
        long at = (long) (random.nextDouble() * (Math.min(range, quarter) - bytes));
        long aligned = Math.max(0, at) / o.accessBytes() * o.accessBytes();
        pieces.add(new Piece(cycle, Kind.READ, channel, aligned, accesses));
      }
    }
    return new MemoryWork(pieces);
  }

  /** Accesses of a kind to a channel. */
  long accesses(Kind kind, int channel) {
    return pieces.stream()
        .filter(piece -> piece.kind() == kind && piece.channel() == channel)
        .mapToLong(Piece::size)
        .sum();
  }

  /** Submits a piece at its cycle, which is the session's time, and says how to follow it. */
  static Submitted submit(Piece piece, MemorySpec spec, MemorySession session) {
    return switch (piece.kind()) {
      case READ, WRITE -> transfer(piece, spec, session);
      case LOGIT -> gemv(piece, GemvBatch.Kind.LOGIT, session);
      case ATTEND -> gemv(piece, GemvBatch.Kind.ATTEND, session);
    };
  }

  private static Submitted transfer(Piece piece, MemorySpec spec, MemorySession session) {
    int bytes = spec.organization().accessBytes();
    Transfer transfer = new Transfer(piece.kind() == Kind.WRITE, piece.size());
    for (int i = 0; i < piece.size(); i++) {
      long address = session.address(piece.channel(), piece.firstByte() + (long) i * bytes);
      transfer.add(piece.cycle(), address, bytes);
    }
    session.submit(transfer, 0, transfer.slots());
    return new Submitted(piece, transfer, null);
  }

  private static Submitted gemv(Piece piece, GemvBatch.Kind kind, MemorySession session) {
    Resident[] resident = {new Resident(0, piece.channel(), piece.size())};
    GemvBatch batch = new GemvBatch(kind, 2, HEAD_DIM, resident, new long[] {piece.firstByte()});
    session.submit(batch, piece.cycle());
    return new Submitted(piece, null, batch);
  }

  /** A piece under way: a transfer or a GEMV. */
  record Submitted(Piece piece, Transfer transfer, GemvBatch batch) {
    boolean done() {
      return batch == null ? transfer.done() : batch.done();
    }

    /** The cycle of each completion recorded so far, -1 where there is none. */
    long[] doneCycles() {
      long[] cycles = new long[batch == null ? transfer.slots() : batch.jobs()];
      for (int i = 0; i < cycles.length; i++) {
        cycles[i] = batch == null ? transfer.doneCycle(i) : batch.doneCycle(i);
      }
      return cycles;
    }
  }
}
