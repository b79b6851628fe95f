// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;

/** A number of a variant's result that can be compared. */
public enum ResultMetric {
  /** Generated tokens per second of the group of devices. */
  TOKENS_PER_SECOND("tokens/s"),
  /** Multiply-accumulates of the block over those that the NPU could do, 0 to 1. */
  NPU_UTILIZATION("share"),
  /** Cycles of compute steps of the block, mean over channels, over its cycles, 0 to 1. */
  PIM_UTILIZATION("share"),
  /** Cycles of the block in which the NPU computes, on however few of its cells, 0 to 1. */
  NPU_BUSY("share"),
  /**
   * Cycles of the block in which a PIM computes, or opens rows and moves operands and results for
   * that, mean over channels, 0 to 1.
   */
  PIM_BUSY("share"),
  /** Bytes on the data buses over those at the peak, 0 to 1. */
  BANDWIDTH_UTILIZATION("share"),
  /** Highest channel's estimated PIM load over the mean channel's. */
  CHANNEL_MAX_OVER_MEAN("times"),
  /** Mean KV length of the requests. */
  SEQUENCE_TOKENS("tokens"),
  /** Energy of memory and PIM over the time, of all devices. */
  MEMORY_WATTS("W"),
  /** Energy of memory and PIM over generated tokens. */
  MEMORY_JOULES_PER_TOKEN("J");

  private final String unit;

  ResultMetric(String unit) {
    this.unit = unit;
  }

  /** The unit of the metric itself; a ratio of two has none. */
  public String unit() {
    return unit;
  }

  /** The number; empty when the result does not have it. */
  public OptionalDouble of(VariantResult result) {
    return switch (this) {
      case TOKENS_PER_SECOND -> OptionalDouble.of(result.tokensPerSecond());
      case NPU_UTILIZATION -> OptionalDouble.of(result.utilization().npu());
      case PIM_UTILIZATION -> OptionalDouble.of(result.utilization().pim());
      case NPU_BUSY -> busy(result, stalls -> List.of(stalls.npu()), UnitCycles::computing);
      case PIM_BUSY -> busy(result, Stalls::pim, unit -> unit.computing() + unit.memory());
      case BANDWIDTH_UTILIZATION -> OptionalDouble.of(result.utilization().bandwidth());
      case CHANNEL_MAX_OVER_MEAN -> OptionalDouble.of(result.channelMaxOverMean());
      case SEQUENCE_TOKENS -> OptionalDouble.of(result.meanSequenceTokens());
      case MEMORY_WATTS -> memoryJoulesOver(result, result.simulatedSeconds());
      case MEMORY_JOULES_PER_TOKEN -> memoryJoulesOver(result, result.tokensGenerated());
    };
  }

  private static OptionalDouble busy(
      VariantResult result,
      Function<Stalls, List<UnitCycles>> units,
      ToLongFunction<UnitCycles> cycles) {
    UnitCycles sum = UnitCycles.NONE;
    for (IterationRecord step : result.steps()) {
      for (DeviceReport device : step.devices()) {
        sum = sum.plus(UnitCycles.sum(units.apply(device.stalls())));
      }
    }
    return sum.total() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(cycles.applyAsLong(sum) / (double) sum.total());
  }

  private static OptionalDouble memoryJoulesOver(VariantResult result, double divisor) {
    if (result.energy().isEmpty() || divisor <= 0) {
      return OptionalDouble.empty();
    }
    Energy energy = result.energy().get();
    return OptionalDouble.of((energy.memoryJoules() + energy.pimJoules()) / divisor);
  }
}
