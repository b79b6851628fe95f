// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.List;
import java.util.Map;
import neupims.api.run.CatalogKind;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.VariantStatus;
import picocli.CommandLine;

/** What a user of the lab may be about to type. */
final class Completion {
  private static final Map<String, CatalogKind> CATALOG =
      Map.of(
          "--system", CatalogKind.SYSTEM,
          "--model", CatalogKind.MODEL,
          "--memory", CatalogKind.MEMORY,
          "--npu", CatalogKind.NPU);

  private final CommandLine line;
  private final Platform platform;
  private final LiveRuns runs;

  /** Of the commands of a line. */
  Completion(CommandLine line, Platform platform, LiveRuns runs) {
    this.line = line;
    this.platform = platform;
    this.runs = runs;
  }

  /** Words that may follow others. */
  List<String> candidates(List<String> before) {
    if (before.isEmpty()) {
      return List.copyOf(line.getSubcommands().keySet());
    }
    CommandLine command = line.getSubcommands().get(before.get(0));
    if (command == null) {
      return List.of();
    }
    String last = before.get(before.size() - 1);
    if (CATALOG.containsKey(last)) {
      return platform.services().catalog().names(CATALOG.get(last));
    }
    return switch (last) {
      case "--run" -> runNames();
      case "--variant" -> variants();
      default -> {
        List<String> words = arguments(before);
        yield words.isEmpty() ? List.copyOf(command.getCommandSpec().optionsMap().keySet()) : words;
      }
    };
  }

  private List<String> arguments(List<String> before) {
    return switch (before.get(0)) {
      case "status", "pause", "resume", "stop", "wait", "result" -> runNames();
      case "help" -> List.copyOf(line.getSubcommands().keySet());
      case "swap" ->
          switch (before.size()) {
            case 1 -> PluginKind.live().stream().map(PluginKind::word).toList();
            case 2 ->
                platform.services().plugins().list().stream()
                    .filter(plugin -> plugin.kind().equals(before.get(1)))
                    .map(PluginInfo::name)
                    .toList();
            default -> List.of();
          };
      default -> List.of();
    };
  }

  private List<String> runNames() {
    return runs.all().stream().map(BackgroundRun::name).toList();
  }

  private List<String> variants() {
    return runs.underWay().stream()
        .flatMap(run -> run.live().status().stream())
        .map(VariantStatus::variant)
        .distinct()
        .toList();
  }
}
