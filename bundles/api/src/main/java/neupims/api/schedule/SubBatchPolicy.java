// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.program.Resident;
import org.osgi.annotation.versioning.ConsumerType;

/** Splits a batch into one or two sub-batches. A pure function of what it is handed. */
@ConsumerType
public interface SubBatchPolicy {
  /**
   * The sub-batches.
   *
   * @return one or two non-empty lists that together hold every request of the batch once
   */
  List<List<Resident>> split(SplitState state);
}
