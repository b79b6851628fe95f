// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

import java.util.Iterator;
import org.osgi.annotation.versioning.ConsumerType;

/** Where requests come from. */
@ConsumerType
public interface RequestSource {
  /**
   * Opens a stream of requests with ids 0, 1, 2 … in order of arrival. The same specification gives
   * the same stream. The iterator is read from one thread.
   */
  Iterator<Request> open(WorkloadSpec spec);
}
