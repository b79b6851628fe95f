// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * One GEMM on a cold device.
 *
 * @param cycles from the first load to the last accepted store, memory cycles
 * @param computeCycles multiply-accumulates / peak, NPU cycles: the least it could take
 * @param loadBytes bytes read
 * @param storeBytes bytes written by the NPU
 */
public record GemmResult(long cycles, long computeCycles, long loadBytes, long storeBytes) {}
