// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

import java.util.List;

/**
 * What one device does in one decode step, for as many layers as it takes to show the steady state:
 * the stages are simulated once each and scaled by {@link Stage#repeat()}.
 *
 * @param tensors everything that the tasks read and write
 * @param stages in order of execution, with a barrier after each
 */
public record Program(List<Tensor> tensors, List<Stage> stages) {
  public Program {
    tensors = List.copyOf(tensors);
    stages = List.copyOf(stages);
  }
}
