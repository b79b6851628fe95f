// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;

/**
 * An iteration that was simulated on the device.
 *
 * @param iteration its number within the run, from 0
 * @param requests requests in the batch
 * @param sequenceTokens sum of their KV lengths
 * @param stepCycles cycles over all layers, memory cycles
 * @param energy of all micro-batches over all layers, on all tensor- and pipeline-parallel devices;
 *     empty when the hardware does not say what it draws
 * @param devices what a device did, one report per micro-batch (one without pipeline parallelism)
 */
public record IterationRecord(
    long iteration,
    int requests,
    long sequenceTokens,
    long stepCycles,
    Optional<Energy> energy,
    List<DeviceReport> devices) {
  public IterationRecord {
    devices = List.copyOf(devices);
  }
}
