// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExitCallerTest {
  private static final StackTraceElement POLICY =
      new StackTraceElement("x.Policy", "plan", "Policy.java", 12);

  private static StackTraceElement line(String type, String method) {
    return new StackTraceElement(type, method, null, 1);
  }

  private static Optional<String> text(StackTraceElement... stack) {
    Thread thread = new Thread(() -> {}, "a run");
    return ExitCaller.in(Map.of(thread, stack)).map(caller -> caller.text("x 1.0.0"));
  }

  @Test
  void whoCallsExitIsFoundWhicheverWay() {
    String wanted =
        "a plug-in ended the process: x 1.0.0 called System.exit at x.Policy.plan(Policy.java:12),"
            + " in thread a run";
    StackTraceElement wait = line("java.lang.Shutdown", "exit");
    StackTraceElement runtime = line("java.lang.Runtime", "exit");
    StackTraceElement system = line("java.lang.System", "exit");
    assertEquals(Optional.of(wanted), text(wait, runtime, system, POLICY));
    assertEquals(Optional.of(wanted), text(wait, runtime, POLICY));
  }

  @Test
  void theProgramItselfAndSignalsAreNobody() {
    StackTraceElement main = line("neupims.launcher.Main", "main");
    assertEquals(Optional.empty(), text(line("java.lang.System", "exit"), main));
    assertEquals(Optional.empty(), text(line("java.lang.Shutdown", "exit"), POLICY));
  }
}
