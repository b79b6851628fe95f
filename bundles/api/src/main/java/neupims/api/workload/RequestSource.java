// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

import java.util.List;
import neupims.api.unit.ParameterSpec;
import org.osgi.annotation.versioning.ConsumerType;

/** Where requests come from. */
@ConsumerType
public interface RequestSource {
  /** Keys of {@code workload} that this source has beyond those of every source. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /** Whether lengths are drawn from a dataset; {@code workload.dataset} is a key then. */
  default boolean drawsLengths() {
    return true;
  }

  /** Whether all requests arrive at time 0: then a run can keep its batch full for ever. */
  default boolean allAtOnce() {
    return false;
  }

  /**
   * Opens a stream of requests with ids 0, 1, 2 … in order of arrival. The same specification gives
   * the same stream. The stream is read from one thread, and by whoever opened it closed.
   *
   * @throws neupims.api.unit.InputException if there is something wrong with a file that the source
   *     reads: it looks before it answers, as the simulation has not begun yet
   */
  RequestStream open(WorkloadSpec spec);
}
