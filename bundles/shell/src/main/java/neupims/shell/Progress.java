// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import neupims.api.run.RunObserver;

/** A bar with the time left on a terminal; a line per finished variant otherwise. */
final class Progress implements RunObserver, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream err;
  private final boolean terminal;
  private final int variants;
  private final long startNanos = System.nanoTime();
  private final Map<String, Double> shares = new HashMap<>();
  private long drawnNanos = startNanos - REDRAW_NANOS;
  private final Set<String> said = new HashSet<>();
  private int shownLength;

  /** Progress of so many variants. */
  Progress(PrintStream err, boolean terminal, int variants) {
    this.err = err;
    this.terminal = terminal;
    this.variants = variants;
  }

  @Override
  public void progress(String variant, long done, long of) {
    shares.put(variant, of > 0 ? Math.min(1, done / (double) of) : 0);
    long now = System.nanoTime();
    if (terminal && now - drawnNanos >= REDRAW_NANOS) {
      drawnNanos = now;
      bar((now - startNanos) / 1e9);
    } else if (!terminal && of > 0 && done == of && said.add(variant)) {
      err.printf(Locale.ROOT, "%s: done%n", variant);
    }
  }

  /** Wipes the bar. */
  @Override
  public void close() {
    if (shownLength > 0) {
      err.print("\r" + " ".repeat(shownLength) + "\r");
    }
  }

  private void bar(double seconds) {
    double share = shares.values().stream().mapToDouble(Double::doubleValue).sum() / variants;
    int filled = (int) (WIDTH * share);
    String left =
        share > 0
            ? String.format(Locale.ROOT, "%.0f s left", seconds * (1 - share) / share)
            : "end not known";
    String text =
        String.format(
            Locale.ROOT,
            "[%s%s] %.0f %%, %s",
            "#".repeat(filled),
            ".".repeat(WIDTH - filled),
            100 * share,
            left);
    err.print("\r" + text + " ".repeat(Math.max(0, shownLength - text.length())));
    err.flush();
    shownLength = Math.max(shownLength, text.length());
  }
}
