// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.ServingResult.Rates;
import neupims.api.run.SloSpec;

/** Figures of the requests that finish in the window, see docs/METRICS.md. */
final class RequestTally {
  private static final double NANOS = 1e9;

  final Series ttft = new Series();
  final Series tpot = new Series();
  final Series total = new Series();
  final Series queue = new Series();
  private final SloSpec slo;
  private long good;

  RequestTally(SloSpec slo) {
    this.slo = slo;
  }

  void finished(Sequence sequence) {
    long arrival = sequence.request.arrivalNanos();
    double first = (sequence.firstTokenNanos - arrival) / NANOS;
    double all = (sequence.lastTokenNanos - arrival) / NANOS;
    int more = sequence.request.outputTokens() - 1;
    double perToken =
        more == 0 ? 0 : (sequence.lastTokenNanos - sequence.firstTokenNanos) / NANOS / more;
    ttft.add(first);
    total.add(all);
    queue.add((sequence.admittedNanos - arrival) / NANOS);
    if (more > 0) {
      tpot.add(perToken);
    }
    if (slo.met(first, perToken, all)) {
      good++;
    }
  }

  Rates rates(double seconds, long rejected, long unfinished) {
    int finished = total.size();
    return new Rates(
        rejected,
        unfinished,
        seconds == 0 ? 0 : finished / seconds,
        seconds == 0 ? 0 : good / seconds,
        finished == 0 ? 0 : good / (double) finished);
  }
}
