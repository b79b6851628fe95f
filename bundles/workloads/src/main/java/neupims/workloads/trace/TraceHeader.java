// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;
import java.util.stream.Collectors;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/** The columns of a trace, in any order. */
final class TraceHeader {
  private final List<String> columns;
  private final TraceFormat format;
  private final int arrival;
  private final int prompt;
  private final int output;

  /**
   * From the first line.
   *
   * @param file for messages
   * @throws InputException if a column is missing or there twice
   */
  TraceHeader(String file, CsvRecord line) {
    columns = line.getFields().stream().map(String::strip).toList();
    format = TraceFormat.nearest(columns);
    String at = file + ": line " + line.getStartingLineNumber() + ": ";
    for (String column : format.columns()) {
      if (!columns.contains(column)) {
        throw new InputException(
            "%scolumn %s is missing among %s; allowed: %s%s"
                .formatted(
                    at,
                    column,
                    Cells.shown(String.join(",", columns)),
                    TraceFormat.allowed(),
                    NearestName.of(column, columns)
                        .map(n -> "; is \"" + n + "\" meant to be " + column + "?")
                        .orElse("")));
      }
      if (columns.indexOf(column) != columns.lastIndexOf(column)) {
        throw new InputException(at + "column " + column + " is there twice");
      }
    }
    arrival = columns.indexOf(format.arrival());
    prompt = columns.indexOf(format.prompt());
    output = columns.indexOf(format.output());
  }

  TraceFormat format() {
    return format;
  }

  /** Index of the column of arrivals, -1 if there is none. */
  int arrival() {
    return arrival;
  }

  int prompt() {
    return prompt;
  }

  int output() {
    return output;
  }

  String name(int index) {
    return columns.get(index);
  }

  /** Names of columns that nothing is read from. */
  List<String> unused() {
    return columns.stream().filter(c -> !format.columns().contains(c)).toList();
  }

  /** A line must have as many cells as the header has. */
  void checkCells(CsvRecord line) throws BadLine {
    if (line.getFieldCount() != columns.size()) {
      throw new BadLine(
          "line %d: expected %d values (%s), found %d"
              .formatted(
                  line.getStartingLineNumber(),
                  columns.size(),
                  columns.stream().collect(Collectors.joining(",")),
                  line.getFieldCount()));
    }
  }
}
