// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;

/**
 * How far a variant of a run is.
 *
 * @param variant its name
 * @param state what it does
 * @param iterations iterations begun, on all replicas
 * @param requestsDone requests served
 * @param requestsOf requests that it will serve, 0 when nobody knows
 * @param simulatedSeconds simulated time
 * @param policies its policies of the kinds that can be swapped, in the order of {@link
 *     PluginKind#live()}
 * @param note why it waits, or what its device is busy with and what was asked for and is still to
 *     come, in words; empty when there is nothing to say
 */
public record VariantStatus(
    String variant,
    State state,
    long iterations,
    long requestsDone,
    long requestsOf,
    double simulatedSeconds,
    List<PluginInfo> policies,
    String note) {

  /** What a variant does. */
  public enum State {
    /** It has not begun: others have the processors. */
    QUEUED,
    /** It runs. */
    RUNNING,
    /** It rests until somebody resumes it. */
    PAUSED,
    /** It waits for a plug-in that is gone. */
    WAITING,
    /** It is over. */
    ENDED
  }

  public VariantStatus {
    policies = List.copyOf(policies);
  }
}
