// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import neupims.shell.compare.Comparison;
import neupims.shell.compare.Contender;
import neupims.shell.compare.Differences;
import neupims.shell.compare.Figure;

/**
 * A comparison as a person reads it: figures in rows, contenders in columns, the baseline first;
 * what does not fit beside it goes below, beside the baseline again.
 */
final class CompareText {
  private static final String NONE = "-";
  private static final int GAP = 2;

  private final Comparison comparison;
  private final int width;

  private CompareText(Comparison comparison, int width) {
    this.comparison = comparison;
    this.width = width;
  }

  /**
   * The tables.
   *
   * @param width most characters in a line, as far as two columns of figures fit
   */
  static String text(Comparison comparison, int width) {
    CompareText text = new CompareText(comparison, width);
    return text.heading() + text.figures() + "\n" + text.differences();
  }

  private String heading() {
    boolean same = comparison.requestDifferences().isEmpty();
    return "%d variants on %s, against %s%n%n"
        .formatted(
            comparison.contenders().size(),
            same ? "the same requests" : "DIFFERENT REQUESTS",
            comparison.baseline().name());
  }

  private List<Contender> others() {
    return comparison.contenders().stream().filter(c -> c != comparison.baseline()).toList();
  }

  private String figures() {
    List<List<String>> columns = new ArrayList<>();
    columns.add(column(comparison.baseline()));
    others().forEach(c -> columns.add(column(c)));
    List<Figure> shown = shown();
    List<String> labels = new ArrayList<>(List.of(""));
    shown.forEach(f -> labels.add(f.label()));
    boolean ended = comparison.contenders().stream().allMatch(CompareText::completed);
    if (!ended) {
      labels.add("ended");
    }
    return blocks(labels, columns, 1);
  }

  /** Figures that at least one contender has. */
  private List<Figure> shown() {
    return Figure.ALL.stream()
        .filter(f -> comparison.contenders().stream().anyMatch(c -> f.of(c).isPresent()))
        .toList();
  }

  private static boolean completed(Contender contender) {
    return contender.text("stopped").orElse("completed").equals("completed");
  }

  private List<String> column(Contender contender) {
    List<String> cells = new ArrayList<>();
    cells.add(contender.name());
    for (Figure figure : shown()) {
      OptionalDouble value = figure.of(contender);
      String cell = value.isPresent() ? written(figure, value.getAsDouble()) : NONE;
      cells.add(contender == comparison.baseline() ? cell : cell + percent(figure, contender));
    }
    cells.add(contender.text("stopped").orElse(NONE));
    return cells;
  }

  private String percent(Figure figure, Contender contender) {
    OptionalDouble percent = figure.percent(contender, comparison.baseline());
    String text = NONE;
    if (percent.isPresent()) {
      double value = percent.getAsDouble();
      text = value == 0 ? "=" : String.format(Locale.ROOT, "%+.1f %%", value);
    }
    // As wide as +1234.5 %, so that values stand below each other.
    return String.format("%11s", text);
  }

  private static String written(Figure figure, double value) {
    return switch (figure.form()) {
      case WHOLE -> Figures.whole(value);
      case SHARE -> Figures.percent(value);
      case SECONDS -> Figures.seconds(value);
      case MILLIJOULES -> Figures.millijoules(value);
      case RATIO -> String.format(Locale.ROOT, "%.2f", value);
    };
  }

  private String differences() {
    List<Differences.Row> rows = Differences.brief(comparison.differences());
    if (rows.isEmpty()) {
      return "Nothing is set differently.\n";
    }
    List<String> labels = new ArrayList<>(List.of("SET DIFFERENTLY"));
    rows.forEach(row -> labels.add(row.key()));
    int base = comparison.contenders().indexOf(comparison.baseline());
    List<List<String>> columns = new ArrayList<>();
    columns.add(settings(rows, base));
    for (int i = 0; i < comparison.contenders().size(); i++) {
      if (i != base) {
        columns.add(settings(rows, i));
      }
    }
    return blocks(labels, columns, 1 + columns.size());
  }

  private List<String> settings(List<Differences.Row> rows, int contender) {
    List<String> cells = new ArrayList<>();
    cells.add(comparison.contenders().get(contender).name());
    for (Differences.Row row : rows) {
      String value = row.values().get(contender);
      cells.add(value == null ? NONE : value);
    }
    return cells;
  }

  /** Tables of the first column beside as many others as the width takes. */
  private String blocks(List<String> labels, List<List<String>> columns, int leftColumns) {
    int fixed = widest(labels) + GAP + widest(columns.get(0));
    List<String> tables = new ArrayList<>();
    int next = 1;
    while (next < columns.size()) {
      List<List<String>> block = new ArrayList<>();
      block.add(columns.get(0));
      int used = fixed;
      while (next < columns.size()
          && (block.size() == 1 || used + GAP + widest(columns.get(next)) <= width)) {
        used += GAP + widest(columns.get(next));
        block.add(columns.get(next++));
      }
      tables.add(table(labels, block, leftColumns));
    }
    return tables.stream().collect(Collectors.joining(System.lineSeparator()));
  }

  private static int widest(List<String> cells) {
    return cells.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String table(List<String> labels, List<List<String>> columns, int leftColumns) {
    Table table = null;
    for (int row = 0; row < labels.size(); row++) {
      String[] cells = new String[1 + columns.size()];
      cells[0] = labels.get(row);
      for (int c = 0; c < columns.size(); c++) {
        cells[1 + c] = columns.get(c).get(row);
      }
      table = table == null ? new Table(leftColumns, cells) : table.row(cells);
    }
    return table.toString();
  }
}
