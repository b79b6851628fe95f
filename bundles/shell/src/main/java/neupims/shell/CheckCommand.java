// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import neupims.api.run.PluginCheck;
import neupims.api.run.PropertyResult;
import neupims.api.run.Setting;
import neupims.api.unit.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries the plug-ins of a jar on what their interfaces promise. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Tries the plug-ins of a jar on what their interfaces promise, property by property; exits"
            + " with 1 when one does not hold. These are the contract tests of the testkit.",
    footer = {"", "Example: neupims check plugins/my-policy.jar"})
final class CheckCommand implements Callable<Integer> {
  private final Platform platform;

  @Parameters(paramLabel = "JAR", description = "The plug-in's bundle, in plugins/ or elsewhere.")
  private Path jar;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      description = "How long a property may take (default: ${DEFAULT-VALUE}).",
      defaultValue = "20")
  private double limitSeconds;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private SettingOptions set = new SettingOptions();

  CheckCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    if (!(limitSeconds > 0)) {
      throw new InputException("--limit " + limitSeconds + ": expected seconds, more than 0");
    }
    Duration limit = Duration.ofMillis((long) Math.ceil(limitSeconds * 1000));
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting setting : set.settings()) {
      values.put(setting.path(), setting.value());
    }
    List<PluginCheck> checks = platform.services().conformance().check(jar, limit, values);
    platform.out().print(json ? asJson(checks) : asText(checks));
    return pass(checks) ? 0 : Failures.FAILED;
  }

  private static boolean pass(List<PluginCheck> checks) {
    return checks.stream().allMatch(PluginCheck::pass);
  }

  /** Of one plug-in as of many: every property says whose it is. */
  private static String asJson(List<PluginCheck> checks) {
    Set<String> names = new LinkedHashSet<>();
    Set<String> kinds = new LinkedHashSet<>();
    List<Map<String, Object>> properties = new ArrayList<>();
    List<Map<String, Object>> plugins = new ArrayList<>();
    for (PluginCheck check : checks) {
      names.add(check.plugin().name());
      kinds.add(check.plugin().kind());
      List<Map<String, Object>> own = new ArrayList<>();
      for (PropertyResult result : check.properties()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", result.name());
        row.put("pass", result.pass());
        row.put("tried", result.tried());
        row.put("detail", result.detail());
        row.put("plugin", check.plugin().name());
        own.add(row);
      }
      properties.addAll(own);
      Map<String, Object> plugin = new LinkedHashMap<>();
      plugin.put("plugin", check.plugin().name());
      plugin.put("kind", check.plugin().kind());
      plugin.put("bundle", check.plugin().bundle());
      plugin.put("version", check.plugin().version());
      plugin.put("properties", own);
      plugin.put("pass", check.pass());
      plugins.add(plugin);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("plugin", String.join(", ", names));
    all.put("kind", String.join(", ", kinds));
    all.put("properties", properties);
    all.put("pass", pass(checks));
    all.put("plugins", plugins);
    return Json.GSON.toJson(all) + System.lineSeparator();
  }

  private static String asText(List<PluginCheck> checks) {
    StringBuilder text = new StringBuilder();
    for (PluginCheck check : checks) {
      String what = (check.plugin().kind() + " " + check.plugin().name()).trim();
      text.append(
          "%s (%s %s)%n"
              .formatted(
                  what.isEmpty() ? "no plug-in" : what,
                  check.plugin().bundle(),
                  check.plugin().version()));
      Table table = new Table(3, "", "PROPERTY", "DETAIL");
      for (PropertyResult result : check.properties()) {
        table.row(word(result), result.name(), result.detail());
      }
      long held = check.properties().stream().filter(PropertyResult::pass).count();
      text.append(table);
      long untried = check.properties().stream().filter(result -> !result.tried()).count();
      text.append("%d of %d properties hold".formatted(held, check.properties().size()));
      text.append(untried == 0 ? "%n".formatted() : ", %d cannot be told%n".formatted(untried));
    }
    return text.toString();
  }

  private static String word(PropertyResult result) {
    return result.pass() ? "ok" : result.tried() ? "FAILED" : "not tried";
  }
}
