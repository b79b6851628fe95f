// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import neupims.api.run.PluginInfo;
import neupims.api.run.VariantStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far runs are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says how far runs are and with which policies; without a name of all.",
    footer = {"", "Example: status demo"})
final class StatusCommand implements Callable<Integer> {
  private final Platform platform;
  private final LiveRuns runs;

  @Mixin private RunNames names = new RunNames();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  StatusCommand(Platform platform, LiveRuns runs) {
    this.platform = platform;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    List<BackgroundRun> asked = names.any(runs);
    if (json) {
      List<Map<String, Object>> all = asked.stream().map(StatusCommand::asJson).toList();
      platform.out().println(Json.GSON.toJson(Map.of("runs", all)));
    } else if (asked.isEmpty()) {
      platform.out().println("no run yet; \"run\" starts one");
    } else {
      platform.out().print(asText(asked));
    }
    return 0;
  }

  private static Map<String, Object> asJson(BackgroundRun run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", run.name());
    fields.put("underWay", run.isUnderWay());
    fields.put("directory", run.directory().toString());
    fields.put("variants", run.live().status());
    return fields;
  }

  private static String asText(List<BackgroundRun> asked) {
    // Of the kinds that can be swapped: a router is there only where there are replicas.
    List<String> kinds =
        asked.stream()
            .flatMap(run -> run.live().status().stream())
            .flatMap(variant -> variant.policies().stream())
            .map(PluginInfo::kind)
            .distinct()
            .toList();
    List<String> header = new ArrayList<>(List.of("RUN", "VARIANT", "STATE"));
    kinds.forEach(kind -> header.add(kind.toUpperCase(Locale.ROOT)));
    header.addAll(List.of("ITERATIONS", "REQUESTS", "SIMULATED"));
    Table table = new Table(3 + kinds.size(), header.toArray(String[]::new));
    StringBuilder notes = new StringBuilder();
    for (BackgroundRun run : asked) {
      for (VariantStatus variant : run.live().status()) {
        table.row(row(run, variant, kinds));
        if (!variant.note().isEmpty()) {
          notes.append("%s, %s: %s%n".formatted(run.name(), variant.variant(), variant.note()));
        }
      }
    }
    return table.toString() + notes;
  }

  private static String[] row(BackgroundRun run, VariantStatus variant, List<String> kinds) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                run.name(), variant.variant(), variant.state().name().toLowerCase(Locale.ROOT)));
    for (String kind : kinds) {
      cells.add(
          variant.policies().stream()
              .filter(policy -> policy.kind().equals(kind))
              .map(PluginInfo::name)
              .findFirst()
              .orElse(""));
    }
    cells.add(String.format(Locale.ROOT, "%,d", variant.iterations()));
    String of =
        variant.requestsOf() > 0 ? String.format(Locale.ROOT, " of %,d", variant.requestsOf()) : "";
    cells.add(String.format(Locale.ROOT, "%,d", variant.requestsDone()) + of);
    cells.add(String.format(Locale.ROOT, "%.3f s", variant.simulatedSeconds()));
    return cells.toArray(String[]::new);
  }
}
