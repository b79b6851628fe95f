// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.calls.SavedCall;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a call again that came to nothing in a run. */
@Command(
    name = "replay-call",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Calls a policy again with what it was handed when it failed in a run, and prints what it"
            + " returns or throws. Exit code 1 when it throws, hangs or breaks its contract.",
    footer = {"", "Example: neupims replay-call runs/latest/failures/demo-scheduler-17.json"})
final class ReplayCallCommand implements Callable<Integer> {
  private static final int STACK_LINES = 20;

  private final Platform platform;

  @Parameters(paramLabel = "FILE", description = "The call, from the run's failures/.")
  private Path file;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Wall time that the call may take (default: ${DEFAULT-VALUE}).")
  private long seconds;

  ReplayCallCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() throws InterruptedException {
    SavedCall call = SavedCall.load(file);
    Plugin<?> plugin = platform.services().plugins().select(call.kind(), call.policy().name());
    platform.out().printf("%s of variant %s%n", text(call.policy()), call.variant());
    platform.out().printf("iteration %d: it %s%n", call.iteration(), call.failure());
    if (!plugin.info().equals(call.policy())) {
      platform.out().printf("called again: %s%n", text(plugin.info()));
    }
    FutureTask<Object> again = new FutureTask<>(() -> call.call(plugin.service()));
    Thread thread = new Thread(again, "neupims-replay-call");
    thread.setDaemon(true);
    thread.start();
    try {
      return returned(call, again.get(seconds, TimeUnit.SECONDS));
    } catch (TimeoutException late) {
      platform.out().printf("now it does not return within %d s, and is at%n", seconds);
      print(thread.getStackTrace());
    } catch (ExecutionException threw) {
      platform.out().println("now it throws " + threw.getCause());
      print(threw.getCause().getStackTrace());
    }
    return Failures.FAILED;
  }

  private int returned(SavedCall call, Object result) {
    platform.out().println("now it returns " + SavedCall.text(result));
    Optional<String> violation = call.violation(result);
    platform
        .out()
        .println(violation.map(v -> "which breaks its contract: it " + v).orElse("which is right"));
    return violation.isPresent() ? Failures.FAILED : 0;
  }

  private void print(StackTraceElement[] stack) {
    Arrays.stream(stack).limit(STACK_LINES).forEach(e -> platform.out().println("  at " + e));
  }

  private static String text(PluginInfo info) {
    return "%s %s (%s %s)".formatted(info.kind(), info.name(), info.bundle(), info.version());
  }
}
