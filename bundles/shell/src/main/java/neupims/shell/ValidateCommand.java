// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import neupims.api.run.ValidationCase;
import neupims.api.run.ValidationTable;
import neupims.api.unit.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Our figures beside the reference's. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Replays the reference simulator's figures in reference mode and compares; exits with 1"
            + " when a figure is out of its bound.",
    footer = {
      "",
      "Example: neupims validate --failed",
      "         neupims validate ladder options inputs --into docs/VALIDATION.md"
    })
final class ValidateCommand implements Callable<Integer> {
  private final Platform platform;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--failed", description = "Print only what is out of its bound, and the means.")
  private boolean failedOnly;

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description =
          "Make tables of steps instead: ladder (the reference's options switched off one after the"
              + " other), options (what each is worth), inputs (who wins on what).")
  private List<String> tables = List.of();

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description =
          "Replace these tables in a Markdown file, between <!-- begin: neupims validate TABLE -->"
              + " and <!-- end -->.")
  private Path into;

  ValidateCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() throws IOException {
    if (!tables.isEmpty()) {
      return makeTables();
    }
    if (into != null) {
      throw new InputException("--into " + into + ": which tables? " + known());
    }
    List<ValidationCase> cases = platform.services().validation().run(c -> {});
    platform.out().print(json ? asJson(cases) : asText(cases));
    return cases.stream().allMatch(ValidationCase::pass) ? 0 : Failures.FAILED;
  }

  private int makeTables() throws IOException {
    for (String name : tables) {
      if (!platform.services().validation().tables().contains(name)) {
        throw new InputException("\"" + name + "\" is not a table; " + known());
      }
    }
    MarkdownTables document = into == null ? null : MarkdownTables.read(into);
    if (document != null) {
      tables.forEach(name -> document.require(command(name)));
    }
    Map<String, ValidationTable> made = new LinkedHashMap<>();
    for (String name : tables) {
      platform.err().println("making " + name);
      ValidationTable table = platform.services().validation().table(name);
      made.put(name, table);
      if (!json) {
        platform.out().println(markdown(table));
        platform.out().flush();
      }
      if (document != null) {
        document.replace(command(name), markdown(table));
        document.write();
      }
    }
    if (json) {
      platform.out().println(Json.GSON.toJson(made));
    }
    return 0;
  }

  private String known() {
    return "allowed: " + String.join(", ", platform.services().validation().tables());
  }

  private static String command(String name) {
    return "neupims validate " + name;
  }

  private static String markdown(ValidationTable table) {
    StringBuilder text = new StringBuilder();
    line(text, table.header());
    text.append("|---".repeat(table.header().size())).append("|\n");
    table.rows().forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private String asJson(List<ValidationCase> cases) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ValidationCase c : cases) {
      if (!isShown(c)) {
        continue;
      }
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", c.id());
      row.put("what", c.what());
      row.put("ours", c.ours());
      row.put("reference", c.reference());
      row.put("errorPercent", c.errorPercent());
      row.put("boundPercent", c.boundPercent());
      row.put("pass", c.pass());
      rows.add(row);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("cases", rows);
    all.put("pass", cases.stream().allMatch(ValidationCase::pass));
    return Json.GSON.toJson(all) + System.lineSeparator();
  }

  private String asText(List<ValidationCase> cases) {
    Table table = new Table(1, "CASE", "OURS", "REFERENCE", "ERROR", "BOUND", "");
    for (ValidationCase c : cases) {
      boolean mean = isMean(c);
      if (isShown(c)) {
        table.row(
            c.id(),
            mean ? "" : Figures.whole(c.ours()),
            mean ? "" : Figures.whole(c.reference()),
            String.format(Locale.ROOT, "%+.2f %%", c.errorPercent()),
            String.format(Locale.ROOT, "%.1f %%", c.boundPercent()),
            c.pass() ? "ok" : "OUT");
      }
    }
    long failed = cases.stream().filter(c -> !c.pass()).count();
    return "%s%n%d of %d within their bounds%n"
        .formatted(table, cases.size() - failed, cases.size());
  }

  private boolean isShown(ValidationCase c) {
    return !failedOnly || isMean(c) || !c.pass();
  }

  private static boolean isMean(ValidationCase c) {
    return c.reference() == 0;
  }
}
