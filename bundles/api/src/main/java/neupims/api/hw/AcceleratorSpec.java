// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Optional;
import neupims.api.unit.Clock;
import neupims.api.unit.Parameters;

/**
 * A whole device that is not an NPU and a memory, such as a GPU, as data.
 *
 * @param name name in the catalog
 * @param model name of the device model that simulates it
 * @param clock the domain of its cycles
 * @param peakMacsPerCycle multiply-accumulates of FP16 values per cycle when every unit works
 * @param memoryBytes memory for weights and KV cache
 * @param bytesPerSecond peak bandwidth of that memory
 * @param parameters the model's own parameters
 */
public record AcceleratorSpec(
    String name,
    String model,
    Clock clock,
    long peakMacsPerCycle,
    long memoryBytes,
    long bytesPerSecond,
    Parameters parameters) {
  private static final int ROW_BYTES = 1 << 16;
  private static final int ACCESS_BYTES = 64;

  /** Peak bandwidth in bytes per cycle. */
  public double peakBytesPerCycle() {
    return (double) bytesPerSecond / clock.hertz();
  }

  /** Its compute units as cells that are arrays of their own, for what asks for clock and peak. */
  public NpuSpec asNpu() {
    return new NpuSpec(
        name,
        model,
        clock,
        Math.toIntExact(peakMacsPerCycle),
        1,
        1,
        1,
        1,
        1,
        1,
        Optional.empty(),
        Parameters.NONE);
  }

  /**
   * Its memory as one channel of one bank, for what asks only for clock and capacity: it has
   * neither timing nor controller, both are null. Capacity is rounded down to 64 KiB.
   */
  public MemorySpec asMemory() {
    int rows = Math.toIntExact(memoryBytes / ROW_BYTES);
    Organization organization = new Organization(1, 1, 1, 1, rows, ROW_BYTES, ACCESS_BYTES);
    return new MemorySpec(
        name, model, clock, organization, null, null, Optional.empty(), Optional.empty());
  }
}
