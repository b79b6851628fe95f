// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import neupims.api.metric.DeviceReport;

/**
 * An iteration that was simulated on the device.
 *
 * @param iteration its number within the run, from 0
 * @param requests requests in the batch
 * @param sequenceTokens sum of their KV lengths
 * @param stepCycles cycles over all layers, memory cycles
 * @param device what the device did
 */
public record IterationRecord(
    long iteration, int requests, long sequenceTokens, long stepCycles, DeviceReport device) {}
