// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Waits for runs. */
@Command(
    name = "wait",
    mixinStandardHelpOptions = true,
    description = "Waits until runs are over; without a name for all.",
    footer = {"", "Example: wait demo"})
final class WaitCommand implements Callable<Integer> {
  private final LiveRuns runs;

  @Mixin private RunNames names = new RunNames();

  WaitCommand(LiveRuns runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    int worst = 0;
    try {
      for (BackgroundRun run : names.any(runs)) {
        worst = Math.max(worst, run.await());
      }
    } catch (InterruptedException e) {
      throw new CancellationException();
    }
    return worst;
  }
}
