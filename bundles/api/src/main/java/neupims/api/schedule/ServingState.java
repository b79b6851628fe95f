// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.unit.Parameters;

/**
 * What a batch scheduler sees at an iteration boundary: everything there is to know, so that it
 * need not remember anything.
 *
 * @param iteration number of the coming iteration, from 0
 * @param nowNanos simulated time
 * @param waiting requests that wait, in order of arrival, those preempted among them; where very
 *     many wait, the first of them
 * @param running requests in service, in order of admission
 * @param limits what to keep to
 * @param kv the KV cache
 * @param parameters a value for each of the scheduler's parameters
 * @param seed the experiment's seed
 */
public record ServingState(
    long iteration,
    long nowNanos,
    List<WaitingRequest> waiting,
    List<RunningRequest> running,
    ServingLimits limits,
    KvState kv,
    Parameters parameters,
    long seed) {
  public ServingState {
    waiting = List.copyOf(waiting);
    running = List.copyOf(running);
  }
}
