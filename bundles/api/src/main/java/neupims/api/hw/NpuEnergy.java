// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * What an NPU's operations cost. Neither static power nor clock, control and vector units are in
 * it, see docs/ENERGY.md.
 *
 * @param macPicojoules a multiply of two FP16 values and the addition to an FP32 sum
 * @param sramPicojoulesPerByte a byte read from or written to scratchpad or accumulator
 */
public record NpuEnergy(double macPicojoules, double sramPicojoulesPerByte) {}
