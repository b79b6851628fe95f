// SPDX-License-Identifier: Apache-2.0
package neupims.shell.terminal;

import org.osgi.annotation.versioning.ConsumerType;

/** Reads commands from a user or a pipe. */
@ConsumerType
public interface Terminal {
  /**
   * Reads and executes commands until the user leaves or there are no more.
   *
   * @return 0 if a user was there to see what went wrong; else the highest exit code of a command
   * @throws InterruptedException if the caller is to give up
   */
  int talk(Commands commands) throws InterruptedException;
}
