// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.Locale;

/** Figures as people read them. */
final class Figures {
  private Figures() {}

  static String whole(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2fx", ratio);
  }

  static String millis(double seconds) {
    return String.format(Locale.ROOT, "%.3f ms", seconds * 1e3);
  }

  /** A time that may be of any length. */
  static String seconds(double seconds) {
    if (seconds < 0.009_95) {
      return millis(seconds);
    }
    return seconds < 0.9995
        ? String.format(Locale.ROOT, "%.1f ms", 1000 * seconds)
        : String.format(Locale.ROOT, "%,.2f s", seconds);
  }

  static String millijoules(double joules) {
    return String.format(Locale.ROOT, "%,.2f", joules * 1e3);
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }
}
