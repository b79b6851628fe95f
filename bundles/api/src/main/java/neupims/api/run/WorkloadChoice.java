// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.nio.file.Path;
import java.util.Optional;
import neupims.api.unit.Parameters;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.WorkloadSpec;

/**
 * Where a run's requests come from.
 *
 * @param source name of the request source
 * @param lengths lengths of the dataset; empty for a source that draws none
 * @param requests how many requests at most, 0 for as many as the run takes
 * @param parameters of the source
 */
public record WorkloadChoice(
    String source, Optional<LengthDistribution> lengths, long requests, Parameters parameters) {

  /**
   * What the source is asked for.
   *
   * @param maxTokens limit of prompt plus output of one drawn request
   * @param seed seed of every random choice
   */
  public WorkloadSpec spec(int maxTokens, long seed) {
    return new WorkloadSpec(lengths, requests, maxTokens, seed, parameters);
  }

  /** The dataset or file that the requests are of, or else the source's name. */
  public String label() {
    return lengths
        .map(LengthDistribution::name)
        .or(() -> file().map(file -> file.getFileName().toString()))
        .orElse(source);
  }

  private Optional<Path> file() {
    return parameters.values().values().stream()
        .filter(Path.class::isInstance)
        .map(Path.class::cast)
        .findFirst();
  }
}
