// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import neupims.shell.terminal.Terminal;
import picocli.CommandLine.Command;

/** The platform as a place to be: plug-ins come and go, runs are in the background. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the platform and stays: a shell with all commands, and jars that are dropped into"
          + " plugins/ (or --plugins DIR) come and go while it runs.",
      "Commands may come from a pipe, one a line; at its end the lab waits for the runs."
    },
    footer = {"", "Example: neupims lab"})
final class LabCommand implements Callable<Integer> {
  private final Platform platform;
  private final Supplier<Terminal> terminal;

  LabCommand(Platform platform, Supplier<Terminal> terminal) {
    this.platform = platform;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Terminal talking = terminal.get();
    if (talking == null) {
      throw new IllegalStateException("no bundle offers a terminal");
    }
    Announcer announcer = new Announcer();
    LiveRuns runs = new LiveRuns(announcer);
    PluginWatch watch =
        new PluginWatch(platform.services().dropIns(), platform.services().plugins(), announcer);
    try {
      return talking.talk(new LabCommands(platform, runs, announcer));
    } catch (InterruptedException e) {
      throw new CancellationException();
    } finally {
      watch.close();
      stop(runs, announcer);
    }
  }

  /** Whatever ended the lab: what runs have done is written. */
  private static void stop(LiveRuns runs, Announcer announcer) {
    boolean interrupted = Thread.interrupted();
    try {
      runs.underWay().forEach(run -> announcer.accept(run.name() + ": is stopped"));
      runs.stop(runs.underWay());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
