// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import neupims.api.run.Experiment;
import neupims.api.run.Fidelity;
import neupims.api.run.LiveRun;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;

/**
 * A bar with the time left on a terminal; otherwise a line per finished variant, and every {@value
 * #TICK_SECONDS} s one for each that is under way. Whoever waits long for serving runs at the
 * command level is told once that there is a faster way.
 */
final class Progress implements RunObserver, AutoCloseable {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000;

  private static final int TICK_SECONDS = 15;

  /** Ticks until somebody has waited long. */
  private static final int LONG = 4;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "neupims-progress");
            thread.setDaemon(true);
            return thread;
          });
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
  public void started(LiveRun run) {
    int[] ticks = new int[1];
    clock.scheduleAtFixedRate(
        () -> tick(run, ++ticks[0]), TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
  }

  /** Some time has passed. */
  synchronized void tick(LiveRun run, int number) {
    List<VariantStatus> all = run.status();
    if (!terminal) {
      all.stream().map(Progress::line).flatMap(Optional::stream).forEach(err::println);
    }
    if (number == LONG && slow(run.experiment(), all)) {
      wipe();
      err.println(
          "this simulates every memory command of every iteration; --set fidelity=fast answers from"
              + " a fitted model and says how far that is off (docs/FIDELITY.md)");
    }
  }

  private static boolean slow(Experiment experiment, List<VariantStatus> all) {
    for (int i = 0; i < all.size(); i++) {
      Variant variant = experiment.variants().get(i);
      if (all.get(i).state() != State.ENDED
          && variant.fidelity() == Fidelity.EXACT
          && variant.system().accelerator().isEmpty()
          && variant.workload().requests() > 0) {
        return true;
      }
    }
    return false;
  }

  /** How far one is that has begun and not ended. */
  private static Optional<String> line(VariantStatus v) {
    if (v.state() == State.QUEUED || v.state() == State.ENDED) {
      return Optional.empty();
    }
    String of = v.requestsOf() > 0 ? String.format(Locale.ROOT, " of %,d", v.requestsOf()) : "";
    String note = v.note().isEmpty() ? "" : "; " + v.note();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: %,d iterations, %,d%s requests, %.3f s simulated%s",
            v.variant(),
            v.iterations(),
            v.requestsDone(),
            of,
            v.simulatedSeconds(),
            note));
  }

  @Override
  public synchronized void progress(String variant, long done, long of) {
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
    clock.shutdownNow();
    wipe();
  }

  private synchronized void wipe() {
    if (shownLength > 0) {
      err.print("\r" + " ".repeat(shownLength) + "\r");
      shownLength = 0;
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
