// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** Runs of the lab that a command is about. */
final class RunNames {
  @Parameters(
      paramLabel = "RUN",
      description = "Names of runs (default: the only one that is under way).")
  private List<String> names = new ArrayList<>();

  /** Those under way. */
  List<BackgroundRun> underWay(LiveRuns runs) {
    return names.isEmpty()
        ? List.of(runs.underWay(null))
        : names.stream().map(runs::underWay).toList();
  }

  /** Those named, or else all. */
  List<BackgroundRun> any(LiveRuns runs) {
    return names.isEmpty() ? runs.all() : names.stream().map(runs::any).toList();
  }
}
