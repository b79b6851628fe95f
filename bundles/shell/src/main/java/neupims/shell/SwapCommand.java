// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.List;
import java.util.concurrent.Callable;
import neupims.api.run.PluginKind;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a run go on with another policy. */
@Command(
    name = "swap",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Has a run go on with another policy from its next iteration on. The result's events say"
            + " when that was, and recording.json beside it repeats it.",
    footer = {"", "Example: swap scheduler vllm", "Example: swap split none --run a --variant b"})
final class SwapCommand implements Callable<Integer> {
  private final Platform platform;
  private final LiveRuns runs;

  @Parameters(index = "0", paramLabel = "KIND", description = "Such as scheduler or placement.")
  private String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "Name of the plug-in.")
  private String name;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Which run (default: the only one that is under way).")
  private String run;

  @Option(
      names = "--variant",
      paramLabel = "VARIANT",
      description = "Which variant (default: all that have not ended).")
  private String variant;

  SwapCommand(Platform platform, LiveRuns runs) {
    this.platform = platform;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    PluginKind<?> wanted = kind();
    BackgroundRun target = runs.underWay(run);
    target.live().swap(variant, wanted, name);
    platform
        .out()
        .printf(
            "%s%s: %s %s from the next iteration on%n",
            target.name(), variant == null ? "" : ", " + variant, wanted.word(), name);
    return 0;
  }

  private PluginKind<?> kind() {
    List<String> live = PluginKind.live().stream().map(PluginKind::word).toList();
    return PluginKind.all().stream()
        .filter(known -> known.word().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "unknown kind \"%s\"; these can be swapped: %s%s"
                        .formatted(kind, String.join(", ", live), NearestName.hint(kind, live))));
  }
}
