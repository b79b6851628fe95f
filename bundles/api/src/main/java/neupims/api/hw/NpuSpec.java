// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Optional;
import neupims.api.unit.Clock;
import neupims.api.unit.Parameters;

/**
 * An NPU as data.
 *
 * @param name name in the catalog
 * @param model name of the {@link NpuModel} that simulates it
 * @param clock core clock, the domain of the model's cycles
 * @param matrixUnits systolic arrays
 * @param matrixRows multiply-accumulate rows of an array
 * @param matrixColumns multiply-accumulate columns of an array
 * @param vectorUnits vector units
 * @param vectorLanes lanes of a vector unit, one operation each a cycle
 * @param scratchpadBytes input buffer, both halves of the double buffer together
 * @param accumulatorBytes output buffer, both halves together
 * @param energy what its operations cost, empty when nobody says: then no energy is reported
 * @param parameters the model's own parameters, see {@link NpuModel#parameters()}
 */
public record NpuSpec(
    String name,
    String model,
    Clock clock,
    int matrixUnits,
    int matrixRows,
    int matrixColumns,
    int vectorUnits,
    int vectorLanes,
    long scratchpadBytes,
    long accumulatorBytes,
    Optional<NpuEnergy> energy,
    Parameters parameters) {

  /** Multiply-accumulates per cycle when every cell works. */
  public long peakMacsPerCycle() {
    return (long) matrixUnits * matrixRows * matrixColumns;
  }
}
