// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayDeque;

/** How long something works within a window, which is told of its work before that is over. */
final class BusyTime {
  private record Span(long startNanos, long endNanos) {}

  /** Those that may not be over. */
  private final ArrayDeque<Span> spans = new ArrayDeque<>();

  private long openedNanos;
  private long nanos;

  /** It works from then to then, not before it has done what it was known to do. */
  void add(long nowNanos, long startNanos, long endNanos) {
    while (!spans.isEmpty() && spans.peek().endNanos() <= nowNanos) {
      nanos += within(spans.remove(), nowNanos);
    }
    spans.add(new Span(startNanos, endNanos));
  }

  /** The window opens. */
  void open(long nowNanos) {
    openedNanos = nowNanos;
    nanos = 0;
  }

  /** Share of the window that it worked. */
  double fraction(long nowNanos) {
    long sum = nanos;
    for (Span span : spans) {
      sum += within(span, nowNanos);
    }
    return nowNanos == openedNanos ? 0 : sum / (double) (nowNanos - openedNanos);
  }

  private long within(Span span, long nowNanos) {
    long end = Math.min(span.endNanos(), nowNanos);
    return Math.max(0, end - Math.max(span.startNanos(), openedNanos));
  }
}
