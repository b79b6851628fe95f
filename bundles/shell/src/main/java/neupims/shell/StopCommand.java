// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends runs early. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Ends a run with what it has done, and writes that down.",
    footer = {"", "Example: stop demo"})
final class StopCommand implements Callable<Integer> {
  private final LiveRuns runs;

  @Mixin private RunNames names = new RunNames();

  StopCommand(LiveRuns runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() throws InterruptedException {
    runs.stop(names.underWay(runs));
    return 0;
  }
}
