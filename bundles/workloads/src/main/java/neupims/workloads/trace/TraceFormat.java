// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The formats of traces, told apart by the names of their columns. */
enum TraceFormat {
  /** Arrivals in seconds since the start of the run. */
  SECONDS("arrival_seconds", "prompt_tokens", "output_tokens"),
  /**
   * The public Azure LLM inference traces (Patel et al., Splitwise, ISCA 2024): arrivals as date
   * and time, the first row's is time 0.
   */
  AZURE("TIMESTAMP", "ContextTokens", "GeneratedTokens"),
  /** Token counts alone. */
  COUNTS("", "input_toks", "output_toks");

  private final String arrival;
  private final String prompt;
  private final String output;

  TraceFormat(String arrival, String prompt, String output) {
    this.arrival = arrival;
    this.prompt = prompt;
    this.output = output;
  }

  /** Name of the column with arrivals; empty when there is none. */
  String arrival() {
    return arrival;
  }

  String prompt() {
    return prompt;
  }

  String output() {
    return output;
  }

  boolean timed() {
    return !arrival.isEmpty();
  }

  /** The columns that a file of this format must have. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of(prompt, output));
    if (timed()) {
      columns.add(0, arrival);
    }
    return columns;
  }

  private long found(List<String> header) {
    return columns().stream().filter(header::contains).count();
  }

  /** The format of most of whose columns a header has, the first of equals. */
  static TraceFormat nearest(List<String> header) {
    TraceFormat nearest = SECONDS;
    for (TraceFormat format : values()) {
      if (format.found(header) > nearest.found(header)) {
        nearest = format;
      }
    }
    return nearest;
  }

  /** All formats, for messages. */
  static String allowed() {
    return Arrays.stream(values())
        .map(format -> String.join(",", format.columns()))
        .collect(Collectors.joining("; or ", "", ""));
  }
}
