// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmark still works; what it says is for a quiet machine. */
class StepBenchmarkIT {
  @Test
  void aStepRunsThroughTheBundlesOfTheDistribution() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(StepBenchmark.class.getName() + ".fresh")
                    .param("system", "neupims", "npu-only")
                    .param("batch", "64")
                    .forks(0)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertEquals(2, results.size());
    for (RunResult result : results) {
      assertTrue(result.getSecondaryResults().get("commands").getScore() > 1_000_000);
    }
  }
}
