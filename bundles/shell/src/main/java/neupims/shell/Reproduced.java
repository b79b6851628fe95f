// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.List;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.RunResult;

/**
 * An experiment of the paper that was run.
 *
 * @param paper the experiment
 * @param result of its run
 * @param figures ours beside the paper's
 * @param file the run's result.json
 * @param wallSeconds time that it took
 */
record Reproduced(
    PaperExperiment paper,
    RunResult result,
    List<PaperComparison> figures,
    Path file,
    double wallSeconds) {

  boolean hasFailed() {
    return result.variants().stream().anyMatch(v -> v.failure() != null);
  }

  /** Whether every point was simulated to its end. */
  boolean isWhole() {
    return result.variants().stream().allMatch(v -> v.stopped().equals("completed"));
  }
}
