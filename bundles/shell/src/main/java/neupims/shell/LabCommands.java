// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import neupims.shell.terminal.Commands;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** All commands of the command line, and those for runs in the background. */
final class LabCommands implements Commands {
  private static final String HELP =
      "Every command has --help. Lines are read by Gogo, with 'quotes' and $variables; pipes to"
          + " programs (|) do not work; felix:lb lists bundles, felix:help the rest of Gogo's own"
          + " commands.";

  private final Platform platform;
  private final LiveRuns runs;
  private final Announcer announcer;
  private final Completion completion;
  private final AtomicBoolean over = new AtomicBoolean();

  LabCommands(Platform platform, LiveRuns runs, Announcer announcer) {
    this.platform = platform;
    this.runs = runs;
    this.announcer = announcer;
    completion = new Completion(commandLine(platform), platform, runs);
  }

  @Override
  public String greeting() {
    String folders =
        platform.services().dropIns().folders().stream()
            .map(Path::toString)
            .collect(Collectors.joining(", "));
    return "NeuPIMs Lab. A jar dropped into %s is there within a second. \"help\" lists the commands."
        .formatted(folders);
  }

  @Override
  public List<String> names() {
    return List.copyOf(commandLine(platform).getSubcommands().keySet());
  }

  @Override
  public int execute(List<String> words, PrintStream out, PrintStream err) {
    CommandLine line = commandLine(platform.printing(out, err));
    PrintWriter outWriter = new PrintWriter(out, true);
    PrintWriter errWriter = new PrintWriter(err, true);
    line.setOut(outWriter).setErr(errWriter);
    line.getSubcommands().values().forEach(c -> c.setOut(outWriter).setErr(errWriter));
    int exit = line.execute(words.toArray(String[]::new));
    out.flush();
    err.flush();
    return exit;
  }

  @Override
  public List<String> candidates(List<String> before) {
    return completion.candidates(before);
  }

  @Override
  public void announceTo(Consumer<String> line) {
    announcer.to(line);
  }

  @Override
  public boolean isOver() {
    return over.get();
  }

  @Override
  public List<String> runsUnderWay() {
    return runs.underWay().stream().map(BackgroundRun::name).toList();
  }

  @Override
  public int awaitRuns() throws InterruptedException {
    int worst = 0;
    for (BackgroundRun run : runs.all()) {
      worst = Math.max(worst, run.await());
    }
    return worst;
  }

  private CommandLine commandLine(Platform platform) {
    CommandLine line =
        CommandLineService.commandLine(
            platform,
            new RunCommand(platform, runs),
            new StatusCommand(platform, runs),
            new SwapCommand(platform, runs),
            new ResultCommand(platform, runs),
            new PauseCommand(platform, runs),
            new ResumeCommand(platform, runs),
            new StopCommand(runs),
            new WaitCommand(runs),
            new HelpCommand(platform, HELP),
            new ExitCommand(() -> over.set(true)));
    line.getSubcommands()
        .get("run")
        .getCommandSpec()
        .addOption(
            OptionSpec.builder(RunCommand.NAME)
                .paramLabel("NAME")
                .type(String.class)
                .description("Name of the run in the lab (default: the experiment's).")
                .build());
    return line;
  }
}
