// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import neupims.api.run.MeasureSpec.Mode;
import neupims.api.workload.Request;

/** What a user should know of a run beside its figures. */
final class Warnings {
  /** Requests that are rejected by name; the others are only counted. */
  private static final int NAMED = 10;

  private final List<String> lines = new ArrayList<>();
  private long rejected;

  void add(String line) {
    lines.add(line);
  }

  void rejected(Request request, String why) {
    if (++rejected <= NAMED) {
      add("request " + request.id() + " is rejected: " + why);
    }
  }

  /** Requests so far that could never be served. */
  long rejected() {
    return rejected;
  }

  /** The run was over before anything was measured. */
  void nothingMeasured(Mode mode) {
    add(
        mode == Mode.SNAPSHOTS
            ? "the run ended before its first measured iteration: nothing was simulated"
            : "the run ended before its window opened: nothing was measured");
  }

  /** Snapshots do not put anybody back: the batch may need more than there is. */
  void overCommitted(double times) {
    add(
        String.format(
            Locale.ROOT,
            "the batch over-commits the KV cache: the fullest channel needs %.2f times its"
                + " capacity",
            times));
  }

  /**
   * Requests come too fast.
   *
   * @param slope seconds of waiting that a second of arrivals adds
   */
  void overloaded(double slope) {
    add(
        String.format(
            Locale.ROOT,
            "overloaded: requests come faster than they are served; every second of arrivals"
                + " adds %.2f s of waiting, so they are served at %.0f %% of the rate at which"
                + " they arrive",
            slope,
            100 / (1 + slope)));
  }

  /** How many more were rejected than are named. */
  void othersRejected() {
    if (rejected > NAMED) {
      add((rejected - NAMED) + " more requests are rejected, which could never be served either");
    }
  }

  List<String> lines() {
    return lines;
  }
}
