// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Has runs go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Has a paused run go on.",
    footer = {"", "Example: resume demo"})
final class ResumeCommand implements Callable<Integer> {
  private final Platform platform;
  private final LiveRuns runs;

  @Mixin private RunNames names = new RunNames();

  ResumeCommand(Platform platform, LiveRuns runs) {
    this.platform = platform;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    for (BackgroundRun run : names.underWay(runs)) {
      run.live().resume();
      platform.out().println(run.name() + " goes on");
    }
    return 0;
  }
}
