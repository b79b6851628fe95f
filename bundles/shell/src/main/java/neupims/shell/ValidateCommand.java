// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import neupims.api.run.ValidationCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Our figures beside the reference's. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Replays the reference simulator's figures in reference mode and compares; exits with 1"
            + " when a figure is out of its bound.",
    footer = {"", "Example: neupims validate --failed"})
final class ValidateCommand implements Callable<Integer> {
  private final Platform platform;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--failed", description = "Print only what is out of its bound, and the means.")
  private boolean failedOnly;

  ValidateCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    List<ValidationCase> cases = platform.validation().run(c -> {});
    platform.out().print(json ? asJson(cases) : asText(cases));
    return cases.stream().allMatch(ValidationCase::pass) ? 0 : Failures.FAILED;
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
