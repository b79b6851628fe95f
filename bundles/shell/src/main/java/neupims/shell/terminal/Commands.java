// SPDX-License-Identifier: Apache-2.0
package neupims.shell.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The commands of the lab. */
@ProviderType
public interface Commands {
  /** What to say first. */
  String greeting();

  /** First words of commands. */
  List<String> names();

  /**
   * Executes one command, on the thread of the caller; an interrupt ends it.
   *
   * @param words the command and its arguments
   * @param out results
   * @param err progress, warnings, errors
   * @return the exit code, as of the command line
   */
  int execute(List<String> words, PrintStream out, PrintStream err);

  /**
   * Words that may stand where a user is about to type one.
   *
   * @param before words of the command so far, without the one that is being typed
   */
  List<String> candidates(List<String> before);

  /**
   * Where lines go that belong to no command: a jar that came or went, a run that is over. Those of
   * before are handed on at once.
   */
  void announceTo(Consumer<String> line);

  /** Names of the runs that are under way. */
  List<String> runsUnderWay();

  /** Whether the user wants to leave. */
  boolean isOver();

  /**
   * Waits for all runs.
   *
   * @return the highest exit code of a run
   * @throws InterruptedException if the caller is interrupted; the runs go on
   */
  int awaitRuns() throws InterruptedException;
}
