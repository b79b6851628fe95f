// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import neupims.conformance.Expect;

/** Byte ranges of an operand that a plan touches. */
final class Covered {
  private record Range(long from, long to) {}

  private final List<Range> ranges = new ArrayList<>();
  private final String what;

  Covered(String what) {
    this.what = what;
  }

  void add(long offset, long bytes) {
    ranges.add(new Range(offset, offset + bytes));
  }

  /** Demands that together the ranges are all of it, as often as it may be. */
  void requireAll(long from, long to) {
    long done = from;
    ranges.sort(Comparator.comparingLong(Range::from));
    for (Range range : ranges) {
      boolean within = range.from() >= from && range.to() <= to;
      Expect.that(within, () -> "%s: %s of %d to %d".formatted(what, range, from, to));
      long gap = done;
      Expect.that(range.from() <= done, () -> what + ": nothing from byte " + gap + " on");
      done = Math.max(done, range.to());
    }
    Expect.equal(to, done, what + ": bytes up to");
  }

  /** Demands that together the ranges are all of it, each byte once. */
  void requireOnce(long from, long to) {
    requireAll(from, to);
    long before = from;
    for (Range range : ranges) {
      long twice = before;
      Expect.that(range.from() >= before, () -> what + ": twice up to byte " + twice);
      before = range.to();
    }
  }
}
