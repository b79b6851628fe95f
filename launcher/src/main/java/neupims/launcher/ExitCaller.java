// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import java.util.Map;
import java.util.Optional;

/**
 * Finds who ends the process from within: a plug-in that calls {@code System.exit} takes everybody
 * with it, and nothing in Java keeps it from that. Its thread waits in that call while shutdown
 * hooks run, so the stacks tell.
 *
 * @param where the line that calls
 * @param thread whose
 */
record ExitCaller(StackTraceElement where, String thread) {
  private static final String OURS = Main.class.getName();

  /**
   * Who it is.
   *
   * @param stacks of all threads, innermost lines first
   * @return empty if it is the program itself, or nobody: a signal
   */
  static Optional<ExitCaller> in(Map<Thread, StackTraceElement[]> stacks) {
    for (Map.Entry<Thread, StackTraceElement[]> entry : stacks.entrySet()) {
      StackTraceElement[] stack = entry.getValue();
      for (int i = 0; i + 1 < stack.length; i++) {
        StackTraceElement caller = stack[i + 1];
        if (isExit(stack[i]) && !isExit(caller) && !caller.getClassName().equals(OURS)) {
          return Optional.of(new ExitCaller(caller, entry.getKey().getName()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isExit(StackTraceElement line) {
    String type = line.getClassName();
    return line.getMethodName().equals("exit")
        && (type.equals(System.class.getName()) || type.equals(Runtime.class.getName()));
  }

  /** In words, with the bundle that has the class. */
  String text(String bundle) {
    return "a plug-in ended the process: %s called System.exit at %s, in thread %s"
        .formatted(bundle, where, thread);
  }
}
