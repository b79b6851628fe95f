// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import neupims.api.run.Experiment;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/** The lab's runs by name, those that are over among them. Thread-safe. */
final class LiveRuns {
  /**
   * How long a run that is stopped may take to write what it has: as long as the launcher gives a
   * command that is interrupted, or a minute where there is none.
   */
  private static final long STOP_SECONDS = Long.getLong("neupims.grace.seconds", 60);

  private final Map<String, BackgroundRun> runs = new LinkedHashMap<>();
  private final Announcer announcer;

  LiveRuns(Announcer announcer) {
    this.announcer = announcer;
  }

  /** Checks a name that a user gives to a run, before anything is made for it. */
  synchronized void checkFree(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new InputException(
          "--name " + name + ": letters, digits, dots, hyphens and underscores, please");
    }
    if (runs.containsKey(name)) {
      throw new InputException("--name " + name + ": there is a run of that name");
    }
  }

  /**
   * Starts an experiment in the background.
   *
   * @param wanted its name, or null for the experiment's, with a number if that is taken
   * @param resumes whether it goes on from what an earlier run has left in its directory
   */
  synchronized BackgroundRun start(
      String wanted,
      Experiment experiment,
      ResultDirectory directory,
      boolean resumes,
      int threads,
      Platform platform)
      throws IOException {
    String name = wanted == null ? free(experiment.name()) : wanted;
    BackgroundRun run =
        BackgroundRun.start(name, experiment, directory, resumes, threads, platform, announcer);
    runs.put(name, run);
    return run;
  }

  /** All, in the order of their starts. */
  synchronized List<BackgroundRun> all() {
    return List.copyOf(runs.values());
  }

  List<BackgroundRun> underWay() {
    return all().stream().filter(BackgroundRun::isUnderWay).toList();
  }

  /**
   * The run of a name; without a name the only one that is under way.
   *
   * @throws InputException if that is not one
   */
  BackgroundRun underWay(String name) {
    if (name != null) {
      BackgroundRun run = named(name);
      if (!run.isUnderWay()) {
        throw new InputException("run " + name + " is over");
      }
      return run;
    }
    List<BackgroundRun> candidates = underWay();
    if (candidates.size() != 1) {
      throw new InputException(
          candidates.isEmpty()
              ? "no run is under way"
              : "which run? under way: " + names(candidates));
    }
    return candidates.get(0);
  }

  /** The run of a name; without a name the last one that was started. */
  BackgroundRun any(String name) {
    List<BackgroundRun> all = all();
    if (name != null) {
      return named(name);
    }
    if (all.isEmpty()) {
      throw new InputException("there is no run yet");
    }
    return all.get(all.size() - 1);
  }

  /** Has runs end with what they have done, and waits until that is written. */
  void stop(List<BackgroundRun> which) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
    which.forEach(run -> run.live().stop());
    for (BackgroundRun run : which) {
      if (!run.await(end - System.nanoTime())) {
        announcer.accept(
            "%s: has not stopped after %d s; how to go on with what it has done: neupims run --resume %s"
                .formatted(run.name(), STOP_SECONDS, run.directory()));
      }
    }
  }

  private BackgroundRun named(String name) {
    List<BackgroundRun> all = all();
    List<String> names = all.stream().map(BackgroundRun::name).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new InputException(
          "unknown run \"%s\"; there %s%s"
              .formatted(
                  name,
                  all.isEmpty() ? "is none" : "are " + names(all),
                  NearestName.hint(name, names)));
    }
    return all.get(index);
  }

  private String free(String name) {
    for (int number = 1; ; number++) {
      String candidate = number == 1 ? name : name + "-" + number;
      if (!runs.containsKey(candidate)) {
        return candidate;
      }
    }
  }

  private static String names(List<BackgroundRun> runs) {
    return String.join(", ", runs.stream().map(BackgroundRun::name).toList());
  }
}
