// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import picocli.CommandLine.Command;

/** Leaves the lab. */
@Command(
    name = "exit",
    aliases = "quit",
    mixinStandardHelpOptions = true,
    description = "Leaves the lab; runs under way are stopped and what they have done is written.")
final class ExitCommand implements Runnable {
  private final Runnable leave;

  ExitCommand(Runnable leave) {
    this.leave = leave;
  }

  @Override
  public void run() {
    leave.run();
  }
}
