// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.RunLog;
import neupims.api.run.RunLogs;
import neupims.api.run.RunObserver;
import neupims.api.run.RunResult;
import neupims.api.run.VariantResult;

/** Runs an experiment for a command: its progress and its complaints go to the user. */
final class Running {
  private final Platform platform;
  private final int threads;

  /**
   * For a command.
   *
   * @param threads how many variants run at once
   */
  Running(Platform platform, int threads) {
    this.platform = platform;
    this.threads = threads;
  }

  /** Says what the user should know of an experiment before it runs. */
  void warn(Experiment experiment) {
    experiment.warnings().forEach(w -> platform.err().println("warning: " + w));
  }

  /**
   * Runs it, details of it going to files in a directory. A result that is there is no longer the
   * result of what is there.
   *
   * @param resumes whether it goes on from what an earlier run of it has left there
   */
  RunResult run(Experiment experiment, Path directory, boolean resumes) throws IOException {
    EarlierRun.replace(directory, resumes, platform.err()::println);
    boolean terminal = Boolean.getBoolean("neupims.stderr.terminal");
    try (Progress progress = new Progress(platform.err(), terminal, experiment.variants().size());
        RunLogs.Session logs = platform.services().logs().open(experiment, directory)) {
      return platform
          .services()
          .simulation()
          .run(experiment, new Heard(platform.err(), progress, logs, directory, resumes, threads));
    }
  }

  /**
   * Says what was out of the ordinary, and how to go on with a run that ended early.
   *
   * @return the exit code
   */
  int complain(RunResult result, Path directory) {
    result.variants().forEach(variant -> complain(variant, directory));
    if (result.variants().stream().anyMatch(v -> !v.stopped().equals("completed"))) {
      platform.err().println("to go on: neupims run --resume " + directory);
    }
    return result.variants().stream().anyMatch(v -> v.failure() != null) ? Failures.FAILED : 0;
  }

  /** Whoever hears of a run: the bar of its progress, the logs of its details. */
  private record Heard(
      PrintStream err,
      Progress bar,
      RunLogs.Session logs,
      Path folder,
      boolean resumes,
      int threads)
      implements RunObserver {
    @Override
    public void started(LiveRun run) {
      bar.started(run);
    }

    @Override
    public void progress(String variant, long done, long of) {
      bar.progress(variant, done, of);
    }

    @Override
    public void notice(String variant, String line) {
      err.println(variant + ": " + SavedCalls.from(folder, line));
    }

    @Override
    public Optional<Path> directory() {
      return Optional.of(folder);
    }

    @Override
    public RunLog log(int index) {
      return logs.log(index);
    }
  }

  private void complain(VariantResult variant, Path directory) {
    String name = variant.variant().name();
    variant.warnings().forEach(w -> platform.err().println("warning: " + name + ": " + w));
    if (variant.stopped().equals("interrupted")) {
      platform
          .err()
          .printf(
              "interrupted: %s after %d iterations and %d requests%n",
              name, variant.iterations(), variant.requestsCompleted());
    }
    if (variant.failure() != null) {
      platform
          .err()
          .println("failed: " + name + ": " + SavedCalls.from(directory, variant.failure()));
    }
  }
}
