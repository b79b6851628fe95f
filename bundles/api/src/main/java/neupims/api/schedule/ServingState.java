// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.workload.Request;

/**
 * What a batch scheduler sees at an iteration boundary.
 *
 * @param iteration number of the coming iteration, from 0
 * @param nowNanos simulated time
 * @param waiting requests that have arrived and are not in service, in order of arrival
 * @param running requests in service, in order of admission
 * @param maxBatch most requests that may be in service
 */
public record ServingState(
    long iteration,
    long nowNanos,
    List<Request> waiting,
    List<RunningRequest> running,
    int maxBatch) {
  public ServingState {
    waiting = List.copyOf(waiting);
    running = List.copyOf(running);
  }
}
