// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayDeque;

/** Requests whose prompts were worked on elsewhere and whose KV caches have arrived. */
final class Deliveries implements Intake {
  private record Delivery(long nanos, Sequence sequence) {}

  private final ArrayDeque<Delivery> arrived = new ArrayDeque<>();
  private final int replica;
  private final Prefilling prefilling;
  private final WaitingLine line;

  Deliveries(int replica, Prefilling prefilling, WaitingLine line) {
    this.replica = replica;
    this.prefilling = prefilling;
    this.line = line;
  }

  /** A cache has arrived; times never fall. */
  void add(Sequence sequence, long nowNanos) {
    arrived.add(new Delivery(nowNanos, sequence));
  }

  @Override
  public void advance(long nowNanos) {
    while (nextNanos() <= nowNanos) {
      line.add(arrived.remove().sequence());
    }
  }

  @Override
  public long nextNanos() {
    return arrived.isEmpty() ? NEVER : arrived.peek().nanos();
  }

  @Override
  public void again(Sequence sequence, long nowNanos) {
    prefilling.again(sequence, nowNanos);
  }

  @Override
  public int underWay() {
    return arrived.size() + prefilling.underWay(replica);
  }
}
