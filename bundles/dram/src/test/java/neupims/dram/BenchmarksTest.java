// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks still work; what they say is for a quiet machine. */
class BenchmarksTest {
  @Test
  void everyBenchmarkSimulatesAndItsSessionAllocatesNothingPerCommand() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .forks(0)
                    .warmupIterations(1)
                    .warmupTime(TimeValue.milliseconds(20))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(20))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertEquals(
        Set.of("stream", "randomMisses", "alone", "besideReads"),
        results.stream()
            .map(result -> result.getPrimaryResult().getLabel())
            .collect(Collectors.toSet()));
    for (RunResult result : results) {
      assertTrue(rate(result, "cycles") > 0, result.toString());
      double bytesPerCommand = rate(result, "sessionBytes") / rate(result, "commands");
      assertTrue(bytesPerCommand < 1, () -> result.getParams().id() + ": " + bytesPerCommand);
    }
  }

  private static double rate(RunResult result, String counter) {
    return result.getSecondaryResults().get(counter).getScore();
  }
}
