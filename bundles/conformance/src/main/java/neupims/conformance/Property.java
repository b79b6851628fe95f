// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Something that every plug-in of a kind must do, and how it is tried.
 *
 * @param name a few words, unique within a kind, such as {@code work conservation}
 * @param promise what that means, one sentence
 * @param check tries it
 */
public record Property<T>(String name, String promise, Check<T> check) {
  /** How long a property may take where nobody says otherwise. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Set<Thread> LEFT_BEHIND = ConcurrentHashMap.newKeySet();

  /** Tries a property on a plug-in. */
  @FunctionalInterface
  public interface Check<T> {
    /**
     * Returns what was tried, in words.
     *
     * @param fresh gives the plug-in, where possible a new instance at each call
     * @throws Violation if the property does not hold
     * @throws Untried if that cannot be told
     */
    String check(Supplier<T> fresh) throws Exception;
  }

  /**
   * Tries it, whatever the plug-in does: what it throws is an outcome, and a call that does not
   * come back within the limit is left behind on a thread of its own. As long as such threads run,
   * others have as many times the limit.
   */
  public Outcome test(Supplier<T> fresh, Duration limit) {
    // Whoever is tried beside threads that never end has a share of the processor alone.
    int others = stillRunning();
    long allowed = limit.toMillis() * (1 + others);
    FutureTask<String> trial = new FutureTask<>(() -> check.check(fresh));
    Thread thread = new Thread(trial, "conformance: " + name);
    thread.setDaemon(true);
    thread.start();
    try {
      String tried = trial.get(allowed, TimeUnit.MILLISECONDS);
      return new Outcome(name, Outcome.End.HOLDS, tried, Optional.empty());
    } catch (ExecutionException e) {
      boolean untried = e.getCause() instanceof Untried;
      Outcome.End end = untried ? Outcome.End.UNTRIED : Outcome.End.BROKEN;
      return new Outcome(name, end, said(e.getCause()), Optional.of(e.getCause()));
    } catch (TimeoutException e) {
      String where = at(thread.getStackTrace());
      thread.interrupt();
      LEFT_BEHIND.add(thread);
      String detail = "not done after " + allowed / 1000.0 + " s" + where + beside(others);
      return new Outcome(name, Outcome.End.HANGS, detail, Optional.empty());
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      return new Outcome(name, Outcome.End.BROKEN, "interrupted", Optional.empty());
    }
  }

  /** Threads of earlier trials that have not ended yet. */
  private static int stillRunning() {
    LEFT_BEHIND.removeIf(thread -> !thread.isAlive());
    return LEFT_BEHIND.size();
  }

  private static String beside(int others) {
    return others == 0
        ? ""
        : " (beside " + others + (others == 1 ? " thread" : " threads") + " that hang)";
  }

  private static String said(Throwable failure) {
    String text =
        failure instanceof Violation || failure instanceof Untried
            ? failure.getMessage()
            : "threw " + failure + at(failure.getStackTrace());
    return text.replaceAll("\\s+", " ").trim();
  }

  /** The innermost line that is neither the JDK's nor a conformance test's. */
  private static String at(StackTraceElement... stack) {
    for (StackTraceElement line : stack) {
      String type = line.getClassName();
      if (!type.startsWith("java.") && !type.startsWith("neupims.conformance.")) {
        return ", at " + line;
      }
    }
    return "";
  }
}
