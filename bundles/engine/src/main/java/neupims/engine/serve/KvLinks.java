// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Comparator;
import java.util.PriorityQueue;
import neupims.api.run.PrefillSpec;

/**
 * KV caches on their way from groups that prefill to replicas that decode. A group sends one at a
 * time and a replica receives one at a time, in the order in which prompts are done; a cache is on
 * its way when both ends are free.
 */
final class KvLinks {
  /**
   * A cache on its way.
   *
   * @param sequence whose
   * @param doneNanos when its prompt was done
   * @param startNanos when it was sent
   * @param endNanos when it is there
   * @param bytes of it on a device
   */
  record Move(Sequence sequence, long doneNanos, long startNanos, long endNanos, long bytes) {}

  private final PrefillSpec spec;
  private final long[] sendsUntil;
  private final long[] receivesUntil;
  private final PriorityQueue<Move> moves =
      new PriorityQueue<>(
          Comparator.comparingLong(Move::endNanos).thenComparing(move -> move.sequence().id()));

  KvLinks(PrefillSpec spec, int groups, int replicas) {
    this.spec = spec;
    sendsUntil = new long[groups];
    receivesUntil = new long[replicas];
  }

  /** A cache of so many bytes a device goes from a group to its request's replica. */
  Move send(Sequence sequence, int group, long bytes, long nowNanos) {
    double seconds = spec.linkLatencySeconds() + (double) bytes / spec.linkBytesPerSecond();
    int replica = sequence.replica;
    long free = Math.max(sendsUntil[group], receivesUntil[replica]);
    long start = Math.max(free, nowNanos);
    long end = start + Math.round(seconds * 1e9);
    sendsUntil[group] = end;
    receivesUntil[replica] = end;
    Move move = new Move(sequence, nowNanos, start, end, bytes);
    moves.add(move);
    return move;
  }

  /** When the next cache is there, {@link Intake#NEVER} when none is on its way. */
  long nextNanos() {
    return moves.isEmpty() ? Intake.NEVER : moves.peek().endNanos();
  }

  /** The cache of {@link #nextNanos}. */
  Move take() {
    return moves.remove();
  }
}
