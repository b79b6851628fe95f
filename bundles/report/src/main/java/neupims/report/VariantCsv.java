// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import neupims.api.run.IterationLine;
import neupims.api.run.RequestLine;
import neupims.api.run.RunLog;
import neupims.api.run.Swap;

/** What is heard of one variant: lines, in files that are made when the first line comes. */
final class VariantCsv implements RunLog {
  static final String REQUEST_HEADER =
      "variant,request,arrival_seconds,admitted_seconds,first_token_seconds,last_token_seconds,"
          + "prompt_tokens,output_tokens,preemptions,replica";
  static final String ITERATION_HEADER =
      "variant,iteration,start_seconds,end_seconds,decodes,prompt_tokens,emitted_tokens,running,"
          + "waiting,admitted,preempted,kv_fraction,step_cycles,replica";

  final CsvPart requests;
  final CsvPart iterations;
  private final String name;
  private final Consumer<List<Swap>> recording;
  private final StringBuilder line = new StringBuilder();

  VariantCsv(String name, Path directory, int index, Consumer<List<Swap>> recording) {
    this.recording = recording;
    this.name = quoted(name);
    requests = new CsvPart(directory.resolve(CsvLogs.REQUESTS + "." + index));
    iterations = new CsvPart(directory.resolve(CsvLogs.ITERATIONS + "." + index));
  }

  @Override
  public void request(RequestLine of) {
    begin().append(',').append(of.request().id());
    seconds(of.request().arrivalNanos());
    seconds(of.admittedNanos());
    seconds(of.firstTokenNanos());
    seconds(of.lastTokenNanos());
    line.append(',').append(of.request().promptTokens());
    line.append(',').append(of.request().outputTokens());
    line.append(',').append(of.preemptions()).append(',').append(of.replica());
    requests.line(line);
  }

  @Override
  public void iteration(IterationLine of) {
    begin().append(',').append(of.iteration());
    seconds(of.startNanos());
    seconds(of.endNanos());
    line.append(',').append(of.decodes()).append(',').append(of.promptTokens());
    line.append(',').append(of.emitted()).append(',').append(of.running());
    line.append(',').append(of.waiting()).append(',').append(of.admitted());
    line.append(',').append(of.preempted());
    line.append(',').append(of.kvFraction()).append(',').append(of.stepCycles());
    line.append(',').append(of.replica());
    iterations.line(line);
  }

  @Override
  public void swapped(List<Swap> all) {
    recording.accept(all);
  }

  @Override
  public void restarted() {
    requests.restart();
    iterations.restart();
  }

  /** Whether there is anything of it. */
  boolean wrote() {
    return requests.exists() || iterations.exists();
  }

  void close() throws IOException {
    requests.close();
    iterations.close();
  }

  private StringBuilder begin() {
    line.setLength(0);
    return line.append(name);
  }

  /** Nanoseconds as seconds, all digits. */
  private void seconds(long nanos) {
    line.append(',').append(nanos / 1_000_000_000).append('.');
    String fraction = Long.toString(nanos % 1_000_000_000);
    line.append("000000000", fraction.length(), 9).append(fraction);
  }

  private static String quoted(String text) {
    boolean plain = text.chars().allMatch(c -> c != ',' && c != '"' && c >= ' ');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
