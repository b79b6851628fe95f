// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.NoSuchElementException;
import java.util.Optional;
import neupims.api.unit.InputException;
import neupims.api.workload.Request;

/** Requests of the lines of a trace. What is wrong with a line is told, or it is skipped. */
final class TraceReader implements AutoCloseable {
  private final TraceText text;
  private final TraceOptions options;
  private final TraceLines lines;
  private final TraceHeader header;

  private Request next;
  private long id;
  private long firstNanos;
  private long lastNanos;
  private long skipped;
  private String firstProblem;

  /**
   * A reader at the beginning of a trace.
   *
   * @throws InputException if the text cannot be read or its header is not as it should be
   */
  TraceReader(TraceText text, TraceOptions options) {
    this.text = text;
    this.options = options;
    lines = new TraceLines(text);
    header = lines.header();
  }

  TraceHeader header() {
    return header;
  }

  /** Bad lines that were skipped so far. */
  long skipped() {
    return skipped;
  }

  /** What was wrong with the first of them. */
  Optional<String> firstProblem() {
    return Optional.ofNullable(firstProblem);
  }

  /**
   * Whether there is another request.
   *
   * @throws InputException if the next line is bad and may not be skipped
   */
  boolean hasNext() {
    while (next == null && (options.requests() == 0 || id < options.requests())) {
      Optional<CsvRecord> line = lines.next();
      if (line.isEmpty()) {
        return false;
      }
      try {
        next = request(line.get());
        id++;
      } catch (BadLine bad) {
        skip(line.get(), bad);
      }
    }
    return next != null;
  }

  Request next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all " + id + " requests of " + text.name() + " were read");
    }
    Request request = next;
    next = null;
    return request;
  }

  private void skip(CsvRecord line, BadLine bad) {
    if (!options.lenient()) {
      throw new InputException(text.name() + ": " + bad.getMessage(), bad);
    }
    // A stray quote may have made one record of several lines.
    skipped +=
        1 + line.getFields().stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
    if (firstProblem == null) {
      firstProblem = bad.getMessage();
    }
  }

  private Request request(CsvRecord line) throws BadLine {
    header.checkCells(line);
    int prompt = tokens(line, header.prompt());
    int output = tokens(line, header.output());
    if (!header.format().timed()) {
      return new Request(id, Math.round(id * options.gapNanos()), prompt, output);
    }
    return new Request(id, arrival(line), prompt, output);
  }

  private int tokens(CsvRecord line, int column) throws BadLine {
    try {
      return Cells.tokens(line.getField(column).strip());
    } catch (BadLine bad) {
      throw at(line, column, bad.getMessage());
    }
  }

  /** Time since the first request of a trace of dates, or since the start as the file has it. */
  private long arrival(CsvRecord line) throws BadLine {
    String cell = line.getField(header.arrival()).strip();
    long nanos;
    try {
      nanos =
          header.format() == TraceFormat.AZURE
              ? Cells.timestampAsNanos(cell)
              : Cells.secondsAsNanos(cell);
    } catch (BadLine bad) {
      throw at(line, header.arrival(), bad.getMessage());
    }
    if (id == 0) {
      firstNanos = header.format() == TraceFormat.AZURE ? nanos : 0;
    } else if (nanos < lastNanos) {
      throw at(
          line,
          header.arrival(),
          Cells.shown(cell) + " is before the arrival of the line above; allowed: ascending order");
    }
    lastNanos = nanos;
    return Math.round((nanos - firstNanos) / options.speedup());
  }

  private BadLine at(CsvRecord line, int column, String why) {
    return BadLine.at(line.getStartingLineNumber(), column + 1, header.name(column), why);
  }

  @Override
  public void close() {
    lines.close();
  }
}
