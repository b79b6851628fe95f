// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Runs resolved variants with the plug-ins that are registered. */
@ProviderType
public interface Simulation {
  /**
   * One decode iteration of a given batch.
   *
   * @throws neupims.api.unit.InputException if a plug-in is unknown, the device lacks what the
   *     compiler needs, the model does not fit the memory, or a request does not fit the model or a
   *     channel
   */
  StepResult step(Variant variant, List<BatchEntry> batch);

  /**
   * Begins a whole experiment and returns; variants run side by side and do not influence each
   * other.
   *
   * @throws neupims.api.unit.InputException as above, before anything is simulated
   */
  LiveRun start(Experiment experiment, RunObserver observer);

  /**
   * A whole experiment, to its end. Stops early, with what is done so far, when the calling thread
   * is interrupted, which it stays.
   *
   * @throws neupims.api.unit.InputException as above, before anything is simulated
   */
  RunResult run(Experiment experiment, RunObserver observer);
}
