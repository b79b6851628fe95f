// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns of text, aligned: the first columns to the left, figures to the right. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();
  private final int leftColumns;

  /** A table whose first {@code leftColumns} columns are words. */
  Table(int leftColumns, String... header) {
    this.leftColumns = leftColumns;
    rows.add(header);
  }

  Table row(String... cells) {
    rows.add(cells);
    return this;
  }

  /** The same as Markdown, headers in small letters. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      String line = "| " + String.join(" | ", rows.get(r)) + " |\n";
      text.append(r == 0 ? line.toLowerCase(Locale.ROOT) : line);
      if (r == 0) {
        text.append("|---".repeat(rows.get(0).length)).append("|\n");
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    int[] width = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        width[i] = Math.max(width[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String pad = " ".repeat(width[i] - row[i].length());
        line.append(i == 0 ? "" : "  ").append(i < leftColumns ? row[i] + pad : pad + row[i]);
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }
}
