// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import neupims.api.unit.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a run came to. */
@Command(
    name = "result",
    mixinStandardHelpOptions = true,
    description = "Shows the figures of a run that is over, and where its files are.",
    footer = {"", "Example: result demo"})
final class ResultCommand implements Callable<Integer> {
  private final Platform platform;
  private final LiveRuns runs;

  @Parameters(
      arity = "0..1",
      paramLabel = "RUN",
      description = "Which run (default: the one started last).")
  private String name;

  @Option(names = "--json", description = "Print result.json and nothing else.")
  private boolean json;

  ResultCommand(Platform platform, LiveRuns runs) {
    this.platform = platform;
    this.runs = runs;
  }

  @Override
  public Integer call() throws IOException {
    BackgroundRun run = runs.any(name);
    if (run.isUnderWay()) {
      throw new InputException(
          "run %s is under way; its files go to %s".formatted(run.name(), run.directory()));
    }
    BackgroundRun.End end =
        run.end()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "run %s failed: %s".formatted(run.name(), run.failure().orElse("?"))));
    if (json) {
      platform.out().print(Files.readString(end.file()));
    } else {
      platform.out().print(RunText.text(end.result()));
      platform.out().println("The rest is in " + end.file());
    }
    return end.exitCode();
  }
}
