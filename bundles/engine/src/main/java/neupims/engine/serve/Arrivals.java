// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.workload.Request;

/** Requests in the order in which they come. */
interface Arrivals {
  /** When the next comes, {@link Intake#NEVER} when none is known to come. */
  long nextNanos();

  /** Takes the request of {@link #nextNanos}, which has been asked for. */
  Request take();
}
