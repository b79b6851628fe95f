// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import neupims.api.metric.Energy;
import neupims.api.run.PrefillSpec;

/**
 * Prompts worked on elsewhere, on their way to the waiting line: first come, first served, each by
 * the first group that is free; then their KV cache follows over the link, one after the other, in
 * the order in which prompts are done. A group emits a request's next token; who has no more to
 * come never reaches the line. Caches wait for service where they arrive, without limit.
 *
 * <pre>
 * entrance, or a dropped KV cache -> groups -> token -> link -> waiting line
 * </pre>
 */
final class PrefillPool implements Intake {
  /** What a prompt takes of a group. */
  interface Prefill {
    /** Time for a prompt of so many tokens. */
    long nanos(int tokens);

    /** Energy of it on all devices of the group; empty when the hardware does not say. */
    Optional<Energy> energy(int tokens);
  }

  /** What becomes of a token that a group emits, and of the energy of its prompt. */
  interface Emission {
    void token(Sequence sequence, Optional<Energy> energy);
  }

  private record Event(long nanos, Sequence sequence) {}

  private static final Comparator<Event> IN_TIME =
      Comparator.comparingLong(Event::nanos).thenComparing(e -> e.sequence().id());

  private final Entrance entrance;
  private final WaitingLine line;
  private final int limit;
  private final Prefill prefill;
  private final PrefillSpec spec;
  private final long bytesPerToken;
  private final Emission emission;
  private final PriorityQueue<Event> comingBack = new PriorityQueue<>(IN_TIME);
  private final PriorityQueue<Long> freeGroups = new PriorityQueue<>();
  private final PriorityQueue<Event> prefilling = new PriorityQueue<>(IN_TIME);
  private final PriorityQueue<Event> moving = new PriorityQueue<>(IN_TIME);
  private long linkFree;

  /**
   * A pool.
   *
   * @param limit most requests in the line and on their way to it; the others wait at the door
   * @param bytesPerToken K and V of a token on a device
   */
  PrefillPool(
      Entrance entrance,
      WaitingLine line,
      int limit,
      Prefill prefill,
      PrefillSpec spec,
      long bytesPerToken,
      Emission emission) {
    this.entrance = entrance;
    this.line = line;
    this.limit = limit;
    this.prefill = prefill;
    this.spec = spec;
    this.bytesPerToken = bytesPerToken;
    this.emission = emission;
    for (int group = 0; group < spec.groups(); group++) {
      freeGroups.add(0L);
    }
  }

  @Override
  public void advance(long nowNanos) {
    while (nextNanos() <= nowNanos) {
      step();
    }
  }

  @Override
  public long nextNanos() {
    return Math.min(Math.min(entering(), first(prefilling)), first(moving));
  }

  @Override
  public void again(Sequence sequence, long nowNanos) {
    comingBack.add(new Event(nowNanos, sequence));
  }

  @Override
  public int underWay() {
    return comingBack.size() + prefilling.size() + moving.size();
  }

  /** The earliest event: those that make room before those that take it. */
  private void step() {
    long now = nextNanos();
    if (first(moving) == now) {
      line.add(moving.remove().sequence());
    } else if (first(prefilling) == now) {
      prefilled(prefilling.remove());
    } else if (first(comingBack) == now) {
      enter(comingBack.remove().sequence(), now);
    } else {
      enter(entrance.take(), now);
    }
  }

  /**
   * When the next request enters the pool: one that comes back, or from the entrance if not too
   * many.
   */
  private long entering() {
    boolean open = line.size() + underWay() < limit;
    return Math.min(first(comingBack), open ? entrance.nextNanos() : NEVER);
  }

  private void enter(Sequence sequence, long nowNanos) {
    long start = Math.max(nowNanos, freeGroups.remove());
    long end = start + prefill.nanos(sequence.known());
    freeGroups.add(end);
    sequence.startedWork(start);
    prefilling.add(new Event(end, sequence));
  }

  private void prefilled(Event done) {
    Sequence sequence = done.sequence();
    int tokens = sequence.known();
    sequence.emit(done.nanos());
    emission.token(sequence, prefill.energy(tokens));
    if (sequence.finished()) {
      return;
    }
    sequence.cached = tokens;
    double seconds =
        spec.linkLatencySeconds() + tokens * (double) bytesPerToken / spec.linkBytesPerSecond();
    linkFree = Math.max(linkFree, done.nanos()) + Math.round(seconds * 1e9);
    sequence.waitsSinceNanos = linkFree;
    moving.add(new Event(linkFree, sequence));
  }

  private static long first(PriorityQueue<Event> events) {
    return events.isEmpty() ? NEVER : events.peek().nanos();
  }
}
