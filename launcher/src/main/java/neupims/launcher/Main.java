// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleException;

/** Entry point of the program: starts the platform, runs one command, exits with its code. */
public final class Main {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_USAGE = 2;

  /**
   * How long an interrupted command may take to write what it has before the framework goes away: a
   * run ends with the iteration that is under way. ASSUMED
   */
  private static final long GRACE_SECONDS = 60;

  /** For it to say what did not end in time. ASSUMED */
  private static final long LAST_WORDS_SECONDS = 2;

  /** System property that tells commands of it. */
  private static final String GRACE = "neupims.grace.seconds";

  private static final String INTERRUPTED = "interrupted";

  /** For journals to be written as far as they are. */
  private static final long JOURNAL_MILLIS = 1_100;

  private static volatile Platform platform;

  private Main() {}

  /**
   * Runs one command and ends the JVM with its exit code. On Ctrl-C the thread that runs the
   * command is interrupted and has {@value #GRACE_SECONDS} seconds to return.
   */
  public static void main(String[] args) {
    System.setProperty(GRACE, Long.toString(GRACE_SECONDS));
    Thread command = Thread.currentThread();
    CountDownLatch finished = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              ExitCaller.in(Thread.getAllStackTraces()).ifPresent(Main::endedBy);
              command.interrupt();
              try {
                finished.await(GRACE_SECONDS + LAST_WORDS_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "neupims-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    int exitCode = FAILED;
    try {
      exitCode = run(args);
    } finally {
      finished.countDown();
    }
    System.exit(exitCode);
  }

  /**
   * Says who it was and ends with an exit code that is not of his choice. Whoever waits for the
   * thread that called would wait in vain, so nobody is waited for; journals are on disk by the
   * second.
   */
  private static void endedBy(ExitCaller caller) {
    String type = caller.where().getClassName();
    Platform running = platform;
    System.err.println("neupims: " + caller.text(running == null ? type : running.ownerOf(type)));
    System.err.println(
        "neupims: runs under way have no result; neupims run --resume DIR goes on with them");
    try {
      Thread.sleep(JOURNAL_MILLIS);
      if (running != null) {
        running.removeCache();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException left) {
      System.err.println("neupims: " + left.getMessage() + " could not be removed");
    }
    Runtime.getRuntime().halt(FAILED);
  }

  private static int run(String[] args) {
    Arguments arguments;
    Distribution distribution;
    try {
      arguments = Arguments.parse(args);
      distribution = Distribution.find();
    } catch (IllegalArgumentException e) {
      System.err.println("neupims: " + e.getMessage());
      return BAD_USAGE;
    }
    List<Path> dropIns = new ArrayList<>(List.of(distribution.plugins()));
    dropIns.addAll(arguments.pluginFolders());
    try (Platform opened = Platform.open(dropIns)) {
      platform = opened;
      platform.start(distribution.bundleFiles(arguments.commandWord()));
      platform.problems().forEach(problem -> System.err.println("neupims: " + problem));
      Optional<ToIntFunction<String[]>> command = platform.commandLine();
      if (command.isEmpty()) {
        System.err.println("neupims: no bundle offers a command line");
        return FAILED;
      }
      return command.get().applyAsInt(arguments.command());
    } catch (BundleException | IOException e) {
      System.err.println("neupims: " + (interrupted(e) ? INTERRUPTED : e.getMessage()));
      return FAILED;
    } catch (RuntimeException e) {
      if (!interrupted(e)) {
        throw e;
      }
      System.err.println("neupims: " + INTERRUPTED);
      return FAILED;
    }
  }

  /** Whether Ctrl-C is behind an exception, which the framework throws while it opens or starts. */
  static boolean interrupted(Throwable thrown) {
    Throwable at = thrown;
    while (at != null) {
      if (at instanceof InterruptedException || at instanceof InterruptedIOException) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
