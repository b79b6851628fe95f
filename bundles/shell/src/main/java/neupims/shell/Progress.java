// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import neupims.api.run.RunObserver;

/** A bar with rate and time left on a terminal; a line per finished variant otherwise. */
final class Progress implements RunObserver, AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintStream err;
  private final boolean terminal;
  private final int total;
  private final long startNanos = System.nanoTime();
  private final Map<String, Integer> done = new LinkedHashMap<>();
  private int shownLength;

  /** Progress over {@code total} iterations of all variants together. */
  Progress(PrintStream err, boolean terminal, int total) {
    this.err = err;
    this.terminal = terminal;
    this.total = total;
  }

  @Override
  public void progress(String variant, int variantDone, int of) {
    done.put(variant, variantDone);
    if (terminal) {
      bar(done.values().stream().mapToInt(Integer::intValue).sum());
    } else if (variantDone == of) {
      err.printf(Locale.ROOT, "%s: %d iterations simulated%n", variant, of);
    }
  }

  /** Wipes the bar. */
  @Override
  public void close() {
    if (shownLength > 0) {
      err.print("\r" + " ".repeat(shownLength) + "\r");
    }
  }

  private void bar(int now) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    int filled = (int) ((long) WIDTH * now / total);
    String text =
        String.format(
            Locale.ROOT,
            "[%s%s] %d/%d iterations, %.1f/s, %.0f s left",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            now,
            total,
            now / seconds,
            (total - now) * seconds / now);
    err.print("\r" + text + " ".repeat(Math.max(0, shownLength - text.length())));
    err.flush();
    shownLength = Math.max(shownLength, text.length());
  }
}
