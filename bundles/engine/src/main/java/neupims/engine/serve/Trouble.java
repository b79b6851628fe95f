// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.Swap;

/** A call of a policy that came to nothing: it threw, took too long or broke its contract. */
final class Trouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final boolean ofEstimator;
  private final boolean settled;

  private Trouble(String what, String why, Throwable cause, boolean ofEstimator, boolean settled) {
    super(why, cause);
    this.what = what;
    this.ofEstimator = ofEstimator;
    this.settled = settled;
  }

  /** It threw. */
  static Trouble threw(Throwable thrown) {
    return thrown instanceof Trouble known
        ? known
        : new Trouble(Swap.FAILED, line(thrown), thrown, false, false);
  }

  /** The estimator did when another policy, or the engine, asked it. */
  static Trouble ofEstimator(Throwable thrown) {
    String why = thrown instanceof Trouble known ? known.getMessage() : line(thrown);
    return new Trouble(Swap.FAILED, why, thrown, true, false);
  }

  /** It returned what it must not, in words that follow "it". */
  static Trouble broke(String it) {
    return new Trouble(Swap.FAILED, "broke its contract: it " + it, null, false, false);
  }

  /** It did not return. */
  static Trouble late(double seconds, boolean inEstimator) {
    String limit = seconds == Math.rint(seconds) ? Long.toString((long) seconds) : "" + seconds;
    return new Trouble(
        Swap.TIMEOUT, "did not return within " + limit + " s", null, inEstimator, false);
  }

  /** The estimator was in trouble here when the run was recorded, and another has taken over. */
  static Trouble elsewhere() {
    return new Trouble(Swap.FAILED, "", null, true, true);
  }

  private static String line(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return "threw " + thrown + (stack.length == 0 ? "" : " at " + stack[0]);
  }

  /** Event that it leads to. */
  String what() {
    return what;
  }

  /** Whether it is the estimator's, whoever was called. */
  boolean ofEstimator() {
    return ofEstimator;
  }

  /** Whether nothing is left to be done but to call again. */
  boolean settled() {
    return settled;
  }
}
