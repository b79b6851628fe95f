// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.unit.ParameterSpec;
import org.osgi.annotation.versioning.ConsumerType;

/** Splits a batch into one or two sub-batches. A pure function of what it is handed. */
@ConsumerType
public interface SubBatchPolicy {
  /** The parameters that this policy understands, for {@link SplitState#parameters()}. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /**
   * The sub-batches.
   *
   * @return one or two non-empty lists that together hold every request of the batch once
   */
  List<List<Resident>> split(SplitState state);
}
