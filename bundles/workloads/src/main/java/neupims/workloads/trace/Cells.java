// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Values of cells; each message says what is allowed. */
final class Cells {
  /** Prompt and output together, and one more, must fit an int. */
  static final int MAX_TOKENS = (1 << 30) - 1;

  /** About 31 years. */
  private static final double MAX_SECONDS = 1e9;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int LONGEST_SHOWN = 40;

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .optionalStart()
          .appendLiteral('T')
          .optionalEnd()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Cells() {}

  /** Tokens of a request, at least 1. */
  static int tokens(String cell) throws BadLine {
    long value = 0;
    int start = cell.startsWith("+") ? 1 : 0;
    for (int i = start; i < cell.length(); i++) {
      int digit = cell.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw tokensRefused(cell, isWhole(cell) ? "out of range" : "not a whole number");
      }
      value = Math.min(10 * value + digit, Long.MAX_VALUE / 20);
    }
    if (cell.length() == start) {
      throw tokensRefused(cell, "not a whole number");
    }
    if (value < 1 || value > MAX_TOKENS) {
      throw tokensRefused(cell, "out of range");
    }
    return (int) value;
  }

  private static boolean isWhole(String cell) {
    return cell.matches("[+-]?[0-9]+");
  }

  private static BadLine tokensRefused(String cell, String why) {
    return new BadLine(
        shown(cell) + " is " + why + "; allowed: a whole number from 1 to " + MAX_TOKENS);
  }

  /** Seconds as nanoseconds. */
  static long secondsAsNanos(String cell) throws BadLine {
    double seconds = seconds(cell);
    if (!(seconds >= 0 && seconds <= MAX_SECONDS)) {
      throw secondsRefused(cell, "out of range");
    }
    return Math.round(seconds * NANOS_PER_SECOND);
  }

  private static double seconds(String cell) throws BadLine {
    for (int i = 0; i < cell.length(); i++) {
      if ("0123456789.+-eE".indexOf(cell.charAt(i)) < 0) {
        throw secondsRefused(cell, "not a number");
      }
    }
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException word) {
      throw secondsRefused(cell, "not a number");
    }
  }

  private static BadLine secondsRefused(String cell, String why) {
    return new BadLine(
        shown(cell) + " is " + why + "; allowed: a number of seconds from 0 to 1000000000");
  }

  /** A date and time as nanoseconds since 1970; without an offset it is UTC. */
  static long timestampAsNanos(String cell) throws BadLine {
    try {
      TemporalAccessor parsed =
          TIMESTAMP.parseBest(cell, OffsetDateTime::from, LocalDateTime::from);
      Instant instant =
          parsed instanceof LocalDateTime local
              ? local.toInstant(ZoneOffset.UTC)
              : Instant.from(parsed);
      long nanos =
          Math.addExact(
              Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
      if (nanos >= 0) {
        return nanos;
      }
    } catch (DateTimeException | ArithmeticException noTime) {
      // As any other cell that is none.
    }
    throw new BadLine(
        shown(cell)
            + " is not a date and time; allowed: such as 2023-11-16 18:15:46.6805900, from 1970 to"
            + " 2261");
  }

  /** The value in quotes, long ones cut. */
  static String shown(String cell) {
    return cell.length() <= LONGEST_SHOWN
        ? '"' + cell + '"'
        : '"' + cell.substring(0, LONGEST_SHOWN) + "…\"";
  }
}
