// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.RunLog;
import neupims.api.run.RunLogs;
import neupims.api.run.RunObserver;
import neupims.api.run.RunResult;
import neupims.api.run.Simulation;

/** Runs inside a framework that leave the files that {@code ./neupims run} leaves. */
final class SavedRuns {
  private final Simulation simulation;
  private final RunLogs logs;
  private final Plugins plugins;

  SavedRuns(Simulation simulation, RunLogs logs, Plugins plugins) {
    this.simulation = simulation;
    this.logs = logs;
    this.plugins = plugins;
  }

  /** One that is under way. */
  final class Saved {
    private final Heard heard;
    private final LiveRun live;
    private final RunLogs.Session session;

    private Saved(Heard heard, LiveRun live, RunLogs.Session session) {
      this.heard = heard;
      this.live = live;
      this.session = session;
    }

    LiveRun live() {
      return live;
    }

    /** Lines for the user so far. */
    List<String> notices() {
      return heard.notices;
    }

    /** What comes of it, once that is written. */
    RunResult await() throws InterruptedException, IOException {
      RunResult result = live.await();
      session.close();
      plugins.select(PluginKind.REPORT, "json").service().write(result, heard.folder);
      return result;
    }
  }

  /** Begins one, or goes on with one that has ended early in that directory. */
  Saved start(Experiment experiment, Path directory, boolean resumes) throws IOException {
    RunLogs.Session session = logs.open(experiment, directory);
    Heard heard = new Heard(directory, resumes, session);
    return new Saved(heard, simulation.start(experiment, heard), session);
  }

  /**
   * {@code result.json} but for the one value that may differ between two runs of an experiment:
   * {@code wallSeconds}, the time that the simulation took.
   */
  static String result(Path directory) throws IOException {
    return CommandLineIT.withoutWallTimes(Files.readString(directory.resolve("result.json")));
  }

  private static final class Heard implements RunObserver {
    private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
    private final Path folder;
    private final boolean resumes;
    private final RunLogs.Session session;

    Heard(Path folder, boolean resumes, RunLogs.Session session) {
      this.folder = folder;
      this.resumes = resumes;
      this.session = session;
    }

    @Override
    public void progress(String variant, long done, long of) {}

    @Override
    public void notice(String variant, String line) {
      notices.add(variant + ": " + line);
    }

    @Override
    public Optional<Path> directory() {
      return Optional.of(folder);
    }

    @Override
    public boolean resumes() {
      return resumes;
    }

    @Override
    public RunLog log(int index) {
      return session.log(index);
    }
  }
}
