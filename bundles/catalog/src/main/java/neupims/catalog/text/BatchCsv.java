// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.text;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import neupims.api.run.BatchEntry;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/**
 * Reads a resident batch: lines of comment that begin with {@code #}, a header with {@code seq_len}
 * and, if wanted, {@code channel} (or {@code ch_idx}) in any order, then a request a line. Whole
 * numbers only, so no quotes are needed or taken.
 */
public final class BatchCsv {
  private static final String LENGTH = "seq_len";
  private static final List<String> CHANNEL = List.of("channel", "ch_idx");
  private static final List<String> KNOWN = List.of(LENGTH, "channel", "ch_idx");

  private final Path file;
  private final int header;
  private final List<String> columns;

  private BatchCsv(Path file, int header, List<String> columns) {
    this.file = file;
    this.header = header;
    this.columns = columns;
  }

  /**
   * The requests of a file, at least one.
   *
   * @throws InputException if a line is not as it should be; the message names line and column
   */
  public static List<BatchEntry> read(Path file) {
    List<String> lines = TextFile.read(file, "a CSV file", "").lines().toList();
    int count = lines.size();
    while (count > 0 && lines.get(count - 1).isBlank()) {
      count--;
    }
    if (count == 0) {
      throw new InputException(file + ": is empty, expected the header seq_len,channel");
    }
    int header = 1;
    while (header < count && lines.get(header - 1).startsWith("#")) {
      header++;
    }
    BatchCsv csv = new BatchCsv(file, header, cells(lines.get(header - 1)));
    csv.checkHeader();
    List<BatchEntry> batch = new ArrayList<>();
    for (int line = header + 1; line <= count; line++) {
      batch.add(csv.entry(line, cells(lines.get(line - 1))));
    }
    if (batch.isEmpty()) {
      throw new InputException(file + ": has a header and no requests, expected a request a line");
    }
    return List.copyOf(batch);
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private void checkHeader() {
    for (String column : columns) {
      if (!KNOWN.contains(column)) {
        throw refuse(
            header,
            column,
            "unknown column; allowed: seq_len and channel (or ch_idx)"
                + NearestName.hint(column, KNOWN));
      }
    }
    if (!columns.contains(LENGTH)) {
      throw refuse(header, LENGTH, "missing; the header is seq_len,channel");
    }
    boolean twice = columns.stream().distinct().count() < columns.size();
    if (twice || columns.containsAll(CHANNEL)) {
      throw refuse(header, String.join(",", columns), "a column is given twice");
    }
  }

  private BatchEntry entry(int line, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new InputException(
          "%s: line %d: expected %d values (%s), found %d"
              .formatted(
                  file,
                  line,
                  columns.size(),
                  String.join(",", columns),
                  cells.equals(List.of("")) ? 0 : cells.size()));
    }
    int length = 0;
    int channel = BatchEntry.UNPLACED;
    for (int i = 0; i < cells.size(); i++) {
      if (columns.get(i).equals(LENGTH)) {
        length = number(line, columns.get(i), cells.get(i), 1);
      } else {
        channel = number(line, columns.get(i), cells.get(i), 0);
      }
    }
    return new BatchEntry(length, channel, file + ": line " + line);
  }

  private int number(int line, String column, String cell, int min) {
    String allowed = "; allowed: a whole number from " + min + " to " + Integer.MAX_VALUE;
    if (cell.isEmpty()) {
      throw refuse(line, column, "missing" + allowed);
    }
    if (!cell.matches("[+-]?[0-9]+")) {
      throw refuse(line, column, '"' + cell + '"' + " is not a whole number" + allowed);
    }
    BigInteger value = new BigInteger(cell);
    if (value.bitLength() >= Integer.SIZE || value.intValue() < min) {
      throw refuse(line, column, cell + " is out of range" + allowed);
    }
    return value.intValue();
  }

  private InputException refuse(int line, String column, String why) {
    return new InputException("%s: line %d: %s: %s".formatted(file, line, column, why));
  }
}
