// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Utilization;

/**
 * What a piece of work costs, as an array of quantities. All but the cycles of pieces that run at
 * the same time add up.
 */
final class Cost {
  /** Memory cycles from its begin to its end. */
  static final int CYCLES = 0;

  /** Memory cycles that its multiply-accumulates take at the NPU's peak. */
  static final int NPU = 1;

  /** Memory cycles of compute steps, mean over channels. */
  static final int PIM = 2;

  /** Memory cycles that its bytes take at the memory's peak. */
  static final int BUS = 3;

  static final int NPU_JOULES = 4;
  static final int MEMORY_JOULES = 5;
  static final int PIM_JOULES = 6;
  static final int READ_BYTES = 7;
  static final int WRITE_BYTES = 8;

  /** Quantities; of a chain of NPU tasks their starts and finishes follow. */
  static final int COUNT = 9;

  private Cost() {}

  /** Of a simulated program whose stages are all in the block, energy not known being 0. */
  static double[] of(DeviceReport report) {
    double[] cost = new double[COUNT];
    Utilization share = report.utilization();
    cost[CYCLES] = report.blockCycles();
    cost[NPU] = share.npu() * report.blockCycles();
    cost[PIM] = share.pim() * report.blockCycles();
    cost[BUS] = share.bandwidth() * report.blockCycles();
    for (StageReport stage : report.stages()) {
      stage.energy().ifPresent(energy -> addEnergy(cost, energy));
    }
    cost[READ_BYTES] = report.traffic().readBytes();
    cost[WRITE_BYTES] = report.traffic().writeBytes();
    return cost;
  }

  static void addEnergy(double[] cost, Energy energy) {
    cost[NPU_JOULES] += energy.npuJoules();
    cost[MEMORY_JOULES] += energy.memoryJoules();
    cost[PIM_JOULES] += energy.pimJoules();
  }
}
