// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.UnitCycles;
import neupims.api.run.DeviceDiff;
import neupims.api.run.DeviceDiff.CommandPart;
import neupims.api.run.DeviceDiff.Issued;

/** Where two variants part, in words, and where the cycles of their blocks went. */
final class DiffText {
  private static final String NL = System.lineSeparator();

  private final DeviceDiff diff;
  private final List<String> names;

  private DiffText(DeviceDiff diff, List<String> names) {
    this.diff = diff;
    this.names = names;
  }

  static String text(DeviceDiff diff, List<String> names) {
    DiffText text = new DiffText(diff, names);
    return text.where() + NL + text.stages() + NL + text.stalls();
  }

  private String where() {
    StringBuilder text = new StringBuilder();
    boolean parted = diff.program().isPresent() || diff.inTime().isPresent();
    if (diff.iterations() > 1 || diff.iteration() > 0) {
      text.append(iterations(parted)).append(NL);
    }
    if (diff.program().isPresent()) {
      DeviceDiff.ProgramPart part = diff.program().get();
      text.append("The programs part at ").append(part.where()).append(':').append(NL);
      text.append(
          new Table(3, "", names.get(0), part.first()).row("", names.get(1), part.second()));
      return text.append("Commands of different programs are not compared.").append(NL).toString();
    }
    text.append("The programs are the same.").append(NL);
    if (diff.inTime().isEmpty()) {
      return text.append("So is every command and its cycle.").append(NL).toString();
    }
    text.append(part("The first command at another cycle", diff.inTime().get()));
    if (diff.inOrder().isEmpty()) {
      text.append("Each channel has the same commands in the same order.").append(NL);
    } else {
      text.append(part("The first command that is another", diff.inOrder().get()));
    }
    return text.toString();
  }

  /** Those that are simulated; of snapshots the numbers have gaps. */
  private String iterations(boolean parted) {
    long simulated = diff.iterations();
    if (!parted) {
      return simulated == 1
          ? "The only iteration that is simulated is the same."
          : "All %s iterations that are simulated are the same."
              .formatted(Figures.whole(simulated));
    }
    String number = Figures.whole(diff.iteration());
    return simulated == 1
        ? "Iteration %s, the first that is simulated, is not the same.".formatted(number)
        : "Iteration %s is not the same; the %s simulated before it are."
            .formatted(number, Figures.whole(simulated - 1));
  }

  private String part(String what, CommandPart part) {
    int channel = part.first().or(part::second).orElseThrow().channel();
    return "%s is on channel %d, after %s:%s%s"
        .formatted(
            what,
            channel,
            part.same() == 0 ? "none" : Figures.whole(part.same()) + " that are the same",
            NL,
            new Table(4, "", names.get(0), words(part.first()), where(part.firstTasks()))
                .row("", names.get(1), words(part.second()), where(part.secondTasks())));
  }

  private static String where(List<String> tasks) {
    return tasks.isEmpty() ? "between tasks" : "during " + String.join("; ", tasks);
  }

  /** A command in words. */
  static String words(Optional<Issued> issued) {
    if (issued.isEmpty()) {
      return "no more commands";
    }
    Issued i = issued.get();
    StringBuilder words =
        new StringBuilder("cycle %s: %s".formatted(Figures.whole(i.cycle()), i.command()));
    named(words, "rank", i.rank());
    named(words, "bank group", i.bankGroup());
    named(words, "bank", i.bank());
    named(words, "row", i.row());
    switch (i.command()) {
      case RD, WR -> named(words, "column", i.argument());
      case PIM_COMP -> named(words, "steps", i.argument());
      default -> {
        // The others have no argument.
      }
    }
    return words.toString();
  }

  private static void named(StringBuilder words, String name, int value) {
    if (value >= 0) {
      words.append(", ").append(name).append(' ').append(value);
    }
  }

  private Table stages() {
    Map<String, long[]> cycles = new LinkedHashMap<>();
    int side = 0;
    for (DeviceReport report : List.of(diff.first(), diff.second())) {
      for (StageReport stage : report.stages()) {
        cycles.computeIfAbsent(stage.name(), n -> new long[] {-1, -1})[side] = stage.cycles();
      }
      side++;
    }
    Table table = new Table(1, "CYCLES", names.get(0), names.get(1), "DIFFERENCE", "");
    cycles.forEach((name, both) -> row(table, "stage " + name, both[0], both[1]));
    row(table, "block", diff.first().blockCycles(), diff.second().blockCycles());
    return table;
  }

  private Table stalls() {
    Table table = new Table(1, "IN THE BLOCK", names.get(0), names.get(1), "DIFFERENCE", "");
    unit(table, "NPU", diff.first().stalls().npu(), diff.second().stalls().npu());
    unit(
        table,
        "data bus, mean",
        mean(diff.first().stalls().bus()),
        mean(diff.second().stalls().bus()));
    unit(table, "PIM, mean", mean(diff.first().stalls().pim()), mean(diff.second().stalls().pim()));
    return table;
  }

  private static void unit(Table table, String unit, UnitCycles a, UnitCycles b) {
    if (a.total() == 0 && b.total() == 0) {
      return;
    }
    row(table, unit + ": computing", a.computing(), b.computing());
    row(table, unit + ": memory", a.memory(), b.memory());
    row(table, unit + ": other unit", a.otherUnit(), b.otherUnit());
    row(table, unit + ": refresh", a.refresh(), b.refresh());
    row(table, unit + ": barrier", a.barrier(), b.barrier());
    row(table, unit + ": empty", a.empty(), b.empty());
  }

  private static UnitCycles mean(List<UnitCycles> units) {
    UnitCycles sum = UnitCycles.sum(units);
    int count = Math.max(1, units.size());
    return new UnitCycles(
        sum.computing() / count,
        sum.memory() / count,
        sum.otherUnit() / count,
        sum.refresh() / count,
        sum.barrier() / count,
        sum.empty() / count);
  }

  /** Negative: there is no such stage. */
  private static void row(Table table, String what, long first, long second) {
    if (first == 0 && second == 0) {
      return;
    }
    boolean both = first >= 0 && second >= 0;
    table.row(
        what,
        first < 0 ? "-" : Figures.whole(first),
        second < 0 ? "-" : Figures.whole(second),
        both ? String.format(Locale.ROOT, "%+,d", second - first) : "-",
        both && first > 0
            ? String.format(Locale.ROOT, "%+.1f %%", 100.0 * (second - first) / first)
            : "-");
  }
}
