// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import neupims.api.metric.DeviceReport;

/**
 * An iteration that has begun, as it was then.
 *
 * @param iteration its number on its replica
 * @param work what it does
 * @param startNanos when it began
 * @param inService requests in service
 * @param waiting requests that had arrived and were not
 * @param kvFraction share of the KV cache in use
 * @param cycles what it takes the device
 * @param reports what the device does, one per micro-batch; none where the device is left out
 * @param channelRatio highest over mean estimated PIM load of the channels
 */
record Underway(
    long iteration,
    IterationWork work,
    long startNanos,
    int inService,
    int waiting,
    double kvFraction,
    long cycles,
    List<DeviceReport> reports,
    double channelRatio) {

  boolean simulated() {
    return !reports.isEmpty();
  }
}
