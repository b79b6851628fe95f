// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import java.util.ArrayList;
import java.util.List;
import neupims.api.unit.InputException;
import neupims.api.workload.Request;
import neupims.api.workload.RequestStream;

/**
 * The requests of a trace. It is read twice: once to the last request that is wanted, so that a bad
 * line is told before anything is simulated, and then as requests are asked for. Neither keeps more
 * than a line.
 */
final class TraceStream implements RequestStream {
  private final TraceReader reader;
  private final long skipped;
  private final List<String> warnings = new ArrayList<>();

  /**
   * Opens and checks a trace.
   *
   * @throws InputException if a line is bad and may not be skipped, or there is no request in it
   */
  TraceStream(TraceText text, TraceOptions options) {
    try (TraceReader check = new TraceReader(text, options)) {
      long requests = 0;
      for (; check.hasNext(); check.next()) {
        requests++;
      }
      skipped = check.skipped();
      refuseNone(text, requests, check);
      warn(text, check);
    }
    reader = new TraceReader(text, options);
  }

  private static void refuseNone(TraceText text, long requests, TraceReader check) {
    if (requests == 0) {
      String problem =
          check
              .firstProblem()
              .map(first -> "none of its lines is a request; the first problem: " + first)
              .orElse("has a header and no requests, expected a request a line");
      throw new InputException(text.name() + ": " + problem);
    }
  }

  private void warn(TraceText text, TraceReader check) {
    List<String> unused = check.header().unused();
    if (!unused.isEmpty()) {
      warnings.add(text.name() + ": nothing is read from " + String.join(", ", unused));
    }
    check
        .firstProblem()
        .ifPresent(
            first ->
                warnings.add(
                    "%s: skipped %d bad line%s, the first: %s"
                        .formatted(text.name(), skipped, skipped == 1 ? "" : "s", first)));
  }

  @Override
  public boolean hasNext() {
    return reader.hasNext();
  }

  @Override
  public Request next() {
    return reader.next();
  }

  @Override
  public long linesSkipped() {
    return skipped;
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void close() {
    reader.close();
  }
}
