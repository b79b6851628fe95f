// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

/**
 * Shares of the steady-state block, 0 to 1.
 *
 * @param npu multiply-accumulates / (peak x block cycles)
 * @param pim cycles of compute steps / block cycles, mean over channels
 * @param bandwidth bytes on the data buses / (peak bytes x block cycles)
 */
public record Utilization(double npu, double pim, double bandwidth) {}
