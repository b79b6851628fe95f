// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has runs rest. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = "Has a run rest from its next iteration on.",
    footer = {"", "Example: pause demo"})
final class PauseCommand implements Callable<Integer> {
  private final Platform platform;
  private final LiveRuns runs;

  @Mixin private RunNames names = new RunNames();

  PauseCommand(Platform platform, LiveRuns runs) {
    this.platform = platform;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    for (BackgroundRun run : names.underWay(runs)) {
      run.live().pause();
      platform.out().println(run.name() + " rests before its next iteration");
    }
    return 0;
  }
}
