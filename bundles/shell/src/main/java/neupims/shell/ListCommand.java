// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import neupims.api.run.CatalogKind;
import neupims.api.run.DropIn;
import neupims.api.run.PluginInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists plug-ins and the catalog. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the plug-ins that are there and the names in the catalog.",
    footer = {"", "Example: neupims list --json"})
final class ListCommand implements Callable<Integer> {
  private static final Map<CatalogKind, String> PLURALS = new LinkedHashMap<>();

  static {
    PLURALS.put(CatalogKind.MODEL, "models");
    PLURALS.put(CatalogKind.MEMORY, "memories");
    PLURALS.put(CatalogKind.NPU, "npus");
    PLURALS.put(CatalogKind.ACCELERATOR, "accelerators");
    PLURALS.put(CatalogKind.SYSTEM, "systems");
    PLURALS.put(CatalogKind.DATASET, "datasets");
  }

  private final Platform platform;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ListCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    platform.out().print(json ? asJson() : asText());
    return 0;
  }

  private String asJson() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("plugins", working());
    PLURALS.forEach((kind, plural) -> all.put(plural, platform.services().catalog().names(kind)));
    List<DropIn> jars = platform.services().dropIns().list();
    all.put("problems", DropInText.problems(jars));
    all.put("dropIns", jars.stream().map(DropInText::json).toList());
    return Json.GSON.toJson(all) + System.lineSeparator();
  }

  private String asText() {
    Table plugins = new Table(5, "KIND", "NAME", "BUNDLE", "VERSION", "DESCRIPTION");
    for (PluginInfo p : working()) {
      plugins.row(p.kind(), p.name(), p.bundle(), p.version(), p.description());
    }
    Table catalog = new Table(2, "CATALOG", "NAMES");
    PLURALS.forEach(
        (kind, plural) ->
            catalog.row(plural, String.join(", ", platform.services().catalog().names(kind))));
    return plugins
        + System.lineSeparator()
        + catalog
        + DropInText.sections(platform.services().dropIns().list());
  }

  /** Without those that are registered but cannot be made; their jars are listed as not working. */
  private List<PluginInfo> working() {
    List<DropIn> jars = platform.services().dropIns().list();
    return platform.services().plugins().list().stream()
        .filter(plugin -> jars.stream().noneMatch(jar -> isUnmade(plugin, jar)))
        .toList();
  }

  private static boolean isUnmade(PluginInfo plugin, DropIn jar) {
    return jar.bundle().equals(plugin.bundle())
        && jar.version().equals(plugin.version())
        && !jar.plugins().contains(plugin);
  }
}
