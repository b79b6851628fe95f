// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.RunLog;
import neupims.api.run.RunLogs;
import neupims.api.run.RunObserver;
import neupims.api.run.RunResult;

/** A run of the lab: simulated, written down and announced without anybody waiting for it. */
final class BackgroundRun {
  /** What a run is when it is over. */
  record End(RunResult result, Path file, int exitCode) {}

  private final String name;
  private final ResultDirectory directory;
  private final Platform platform;
  private final Announcer announcer;
  private final CountDownLatch over = new CountDownLatch(1);
  private final long startNanos = System.nanoTime();
  private LiveRun live;
  private volatile End end;
  private volatile String failure;

  private BackgroundRun(
      String name, ResultDirectory directory, Platform platform, Announcer announcer) {
    this.name = name;
    this.directory = directory;
    this.platform = platform;
    this.announcer = announcer;
  }

  /**
   * Starts an experiment.
   *
   * @throws neupims.api.unit.InputException if it cannot be run
   */
  static BackgroundRun start(
      String name,
      Experiment experiment,
      ResultDirectory directory,
      boolean resumes,
      int threads,
      Platform platform,
      Announcer announcer)
      throws IOException {
    BackgroundRun run = new BackgroundRun(name, directory, platform, announcer);
    EarlierRun.replace(directory.path(), resumes, platform.err()::println);
    RunLogs.Session logs = platform.services().logs().open(experiment, directory.path());
    try {
      run.live =
          platform.services().simulation().start(experiment, run.observer(logs, resumes, threads));
    } catch (RuntimeException refused) {
      logs.close();
      throw refused;
    }
    Thread thread = new Thread(() -> run.finish(logs), "neupims-run-" + name);
    thread.setDaemon(true);
    thread.start();
    return run;
  }

  String name() {
    return name;
  }

  LiveRun live() {
    return live;
  }

  Path directory() {
    return directory.path();
  }

  /** How it ended, once it has. */
  Optional<End> end() {
    return Optional.ofNullable(end);
  }

  /** Why there is no result although it is over, if so. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  boolean isUnderWay() {
    return over.getCount() > 0;
  }

  /**
   * Waits until its results are written.
   *
   * @return its exit code
   */
  int await() throws InterruptedException {
    over.await();
    return end == null ? Failures.FAILED : end.exitCode();
  }

  /** The same for so long at most; whether it is over. */
  boolean await(long nanos) throws InterruptedException {
    return over.await(nanos, TimeUnit.NANOSECONDS);
  }

  private void finish(RunLogs.Session logs) {
    try {
      RunResult result = live.await();
      logs.close();
      Path main = Reports.write(platform.services().plugins(), result, directory.path());
      Path stable = directory.stable(main);
      int[] exit = new int[1];
      announcer.printed(
          name,
          err -> {
            Running running = new Running(platform.printing(platform.out(), err), 1);
            exit[0] = running.complain(result, directory.path());
            err.println(RunText.closing(result, stable, (System.nanoTime() - startNanos) / 1e9));
          });
      end = new End(result, main, exit[0]);
    } catch (IOException | RuntimeException e) {
      failure = e.getMessage() == null ? e.toString() : e.getMessage();
      announcer.accept(name + " failed: " + failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over.countDown();
    }
  }

  private RunObserver observer(RunLogs.Session logs, boolean resumes, int threads) {
    return new RunObserver() {
      @Override
      public void progress(String variant, long done, long of) {
        // status asks for it
      }

      @Override
      public void notice(String variant, String line) {
        announcer.accept(name + ", " + variant + ": " + SavedCalls.from(directory.path(), line));
      }

      @Override
      public Optional<Path> directory() {
        return Optional.of(directory.path());
      }

      @Override
      public boolean resumes() {
        return resumes;
      }

      @Override
      public RunLog log(int index) {
        return logs.log(index);
      }

      @Override
      public int threads() {
        return threads;
      }
    };
  }
}
