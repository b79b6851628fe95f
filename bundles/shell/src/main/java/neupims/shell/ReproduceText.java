// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;
import neupims.api.run.ResultMetric;

/** Reproduced experiments as tables: the paper's figures, then the tokens/s of every point. */
final class ReproduceText {
  private ReproduceText() {}

  static String list(List<PaperExperiment> known) {
    Table table = new Table(3, "NAME", "WHAT", "BY DEFAULT", "POINTS", "FIGURES");
    for (PaperExperiment p : known) {
      table.row(
          p.name(),
          p.title(),
          p.byDefault() ? "yes" : "",
          Integer.toString(p.points().size()),
          Integer.toString(p.figures().size()));
    }
    return table.toString();
  }

  static String text(Reproduced done) {
    return "%n%s: %s (%d points, %.0f s)%n%n%s%nTokens/s%n%n%s%nThe rest is in %s%n"
        .formatted(
            done.paper().name(),
            done.paper().title(),
            done.paper().points().size(),
            done.wallSeconds(),
            figures(done.figures()),
            points(done),
            done.file().getParent());
  }

  static String markdown(Reproduced done) {
    return "\n%s\n%s\nTokens/s:\n\n%s"
        .formatted(
            done.paper().title() + ".\n",
            figures(done.figures()).markdown(),
            points(done).markdown());
  }

  private static Table figures(List<PaperComparison> figures) {
    Table table = new Table(1, "FIGURE", "OURS", "PAPER", "OURS/PAPER", "POINTS");
    for (PaperComparison c : figures) {
      PaperFigure figure = c.figure();
      String theirs = figure.says().isEmpty() ? "-" : figure.says();
      table.row(
          figure.what(),
          number(figure, c.ours()),
          figure.paper().isPresent() ? number(figure, figure.paper()) : theirs,
          c.ratio().isPresent() ? String.format(Locale.ROOT, "%.2f", c.ratio().getAsDouble()) : "",
          c.points() == c.of() ? Integer.toString(c.of()) : c.points() + " of " + c.of());
    }
    return table;
  }

  private static String number(PaperFigure figure, OptionalDouble value) {
    if (value.isEmpty()) {
      return "-";
    }
    double number = value.getAsDouble();
    return figure.over().isEmpty() ? plain(figure.metric(), number) : Figures.times(number);
  }

  private static String plain(ResultMetric metric, double number) {
    return switch (metric.unit()) {
      case "share" -> Figures.percent(number);
      case "times" -> Figures.times(number);
      case "tokens", "tokens/s" -> Figures.whole(number);
      default -> String.format(Locale.ROOT, "%.4g %s", number, metric.unit());
    };
  }

  /** A row for each combination of all axes but the last, which makes the columns. */
  private static Table points(Reproduced done) {
    PaperExperiment paper = done.paper();
    List<String> axes = new ArrayList<>(paper.axes().keySet());
    String last = axes.remove(axes.size() - 1);
    List<String> header = new ArrayList<>(axes);
    header.addAll(paper.axes().get(last));
    Map<String, Double> speeds = new HashMap<>();
    done.result().variants().stream()
        .filter(v -> v.stopped().equals("completed"))
        .forEach(v -> speeds.put(v.variant().name(), v.tokensPerSecond()));
    Map<List<String>, List<String>> rows = new LinkedHashMap<>();
    for (PaperExperiment.Point point : paper.points()) {
      List<String> at = axes.stream().map(axis -> point.at().get(axis)).toList();
      Double speed = speeds.get(point.variant());
      rows.computeIfAbsent(at, cells -> new ArrayList<>(at))
          .add(speed == null ? "-" : Figures.whole(speed));
    }
    Table table = new Table(axes.size(), header.toArray(String[]::new));
    rows.values().forEach(cells -> table.row(cells.toArray(String[]::new)));
    return table;
  }
}
