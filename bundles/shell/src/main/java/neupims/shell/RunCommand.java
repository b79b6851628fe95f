// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import neupims.api.run.Experiment;
import neupims.api.run.RunResult;
import neupims.api.run.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A serving simulation, or several. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs experiments. Without a file: GPT3-7B, ShareGPT, batch 256 on npu-only, npu-pim,"
            + " neupims-serial and neupims, side by side.",
    footer = {"", "Example: neupims run my.json --out results --set batch=64"})
final class RunCommand implements Callable<Integer> {
  /** An option that the lab adds. */
  static final String NAME = "--name";

  private final Platform platform;
  private final LiveRuns runs;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "Experiments (JSON).")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write the results (default: runs/<timestamp>-<name>).")
  private Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with a run that ended early, of which DIR has recording.json and the journal; the"
              + " result is that of a run that did not.")
  private Path resume;

  @Option(
      names = "--model",
      description = "Decoder model of every variant: a name, a model file or a config.json.")
  private String model;

  @Option(
      names = "--lenient",
      description =
          "Skip and count bad lines of a trace instead of stopping; short for"
              + " --set workload.lenient=true.")
  private boolean lenient;

  @Mixin private SettingOptions set = new SettingOptions();

  @Mixin private ThreadOption threads = new ThreadOption();

  @Option(names = "--json", description = "Print result.json and nothing else.")
  private boolean json;

  /**
   * The command.
   *
   * @param runs where runs live in the background; null where the command is to wait for them
   */
  RunCommand(Platform platform, LiveRuns runs) {
    this.platform = platform;
    this.runs = runs;
  }

  @Override
  public Integer call() throws IOException {
    if (json && files.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--json prints one result: give one experiment, not " + files.size());
    }
    checkName();
    List<Setting> settings = new ArrayList<>();
    if (model != null) {
      settings.add(new Setting("model", model, "--model"));
    }
    settings.addAll(set.settings());
    if (lenient) {
      settings.add(new Setting("workload.lenient", "true", "--lenient"));
    }
    if (resume != null) {
      return resume(settings);
    }
    List<Experiment> experiments = new ArrayList<>();
    if (files.isEmpty()) {
      experiments.add(platform.services().catalog().experiment(null, settings));
    }
    for (Path file : files) {
      experiments.add(platform.services().catalog().experiment(file, settings));
    }
    int exit = 0;
    for (Experiment experiment : experiments) {
      ResultDirectory directory = ResultDirectory.prepare(experiment, out, experiments.size() > 1);
      exit = Math.max(exit, go(experiment, directory, false));
    }
    return exit;
  }

  private int resume(List<Setting> settings) throws IOException {
    if (!files.isEmpty() || !settings.isEmpty() || out != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume goes on with the experiment that is in its directory: it takes no FILE, --out,"
              + " --set, --model and --lenient");
    }
    Experiment experiment = EarlierRun.experiment(platform.services().catalog(), resume);
    return go(experiment, ResultDirectory.prepare(experiment, resume, false), true);
  }

  private boolean isBackground() {
    return runs != null && !json;
  }

  private String name() {
    return spec.findOption(NAME).getValue();
  }

  /** Before a directory is made for it. */
  private void checkName() {
    if (!isBackground() || name() == null) {
      return;
    }
    if (files.size() > 1) {
      throw new ParameterException(
          spec.commandLine(), "--name is for one experiment, not for " + files.size());
    }
    runs.checkFree(name());
  }

  private int go(Experiment experiment, ResultDirectory directory, boolean resumes)
      throws IOException {
    return isBackground()
        ? start(experiment, directory, resumes)
        : run(experiment, directory, resumes);
  }

  private int start(Experiment experiment, ResultDirectory directory, boolean resumes)
      throws IOException {
    new Running(platform, threads.count()).warn(experiment);
    BackgroundRun run =
        runs.start(name(), experiment, directory, resumes, threads.count(), platform);
    platform.out().println(run.name() + " runs; its files go to " + run.directory());
    return 0;
  }

  private int run(Experiment experiment, ResultDirectory directory, boolean resumes)
      throws IOException {
    long start = System.nanoTime();
    Running running = new Running(platform, threads.count());
    running.warn(experiment);
    RunResult result = running.run(experiment, directory.path(), resumes);
    Path main = Reports.write(platform.services().plugins(), result, directory.path());
    if (json) {
      platform.out().print(Files.readString(main));
    } else {
      platform.out().print(RunText.text(result));
      platform.out().println("The rest is in " + directory.stable(main));
    }
    int exit = running.complain(result, directory.path());
    platform.err().println(RunText.closing(result, main, (System.nanoTime() - start) / 1e9));
    return exit;
  }
}
