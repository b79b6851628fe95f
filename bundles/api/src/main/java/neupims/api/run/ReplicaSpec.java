// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.unit.Parameters;

/**
 * Data-parallel replicas: so many of the system, each with all its devices and a whole copy of the
 * model.
 *
 * @param count replicas, 1 or more
 * @param router name of the router that spreads requests over them; asked for nothing when there is
 *     one
 * @param parameters values of the router's parameters
 */
public record ReplicaSpec(int count, String router, Parameters parameters) {
  /** The system alone. */
  public static final ReplicaSpec ONE = new ReplicaSpec(1, "round-robin", Parameters.NONE);
}
