// SPDX-License-Identifier: Apache-2.0
package neupims.engine.check;

import neupims.api.hw.CommandSink;
import neupims.api.hw.MemorySpec;
import neupims.dram.check.TimingChecker;

/** Checks the commands of one memory session, or does not. */
public final class CommandCheck {
  private final TimingChecker checker;

  private CommandCheck(TimingChecker checker) {
    this.checker = checker;
  }

  /** A check of a session that is still to be opened, or none unless asked for. */
  public static CommandCheck of(boolean asked, MemorySpec memory) {
    return new CommandCheck(asked ? new TimingChecker(memory) : null);
  }

  /** What the session has to report to. */
  public CommandSink sink() {
    return checker == null ? CommandSink.NONE : checker;
  }

  /**
   * The session is at its end.
   *
   * @param cycle memory cycle that it has reached
   * @throws IllegalStateException naming the rule and both commands if one was illegal
   */
  public void end(long cycle) {
    if (checker != null) {
      checker.requireLegal(cycle);
    }
  }
}
