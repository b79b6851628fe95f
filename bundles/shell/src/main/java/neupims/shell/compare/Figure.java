// SPDX-License-Identifier: Apache-2.0
package neupims.shell.compare;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure that results are compared by.
 *
 * @param label as the table calls it
 * @param path where a variant's result has it
 * @param form how people read it
 */
public record Figure(String label, String path, Form form) {
  /** How a figure is written. */
  public enum Form {
    WHOLE,
    SHARE,
    SECONDS,
    MILLIJOULES,
    RATIO
  }

  /** All of them; docs/METRICS.md has the formulas. */
  public static final List<Figure> ALL =
      List.of(
          new Figure("tokens/s", "tokensPerSecond", Form.WHOLE),
          new Figure("TTFT p50", "ttftSeconds.p50", Form.SECONDS),
          new Figure("TTFT p99", "ttftSeconds.p99", Form.SECONDS),
          new Figure("TPOT p50", "tpotSeconds.p50", Form.SECONDS),
          new Figure("TPOT p99", "tpotSeconds.p99", Form.SECONDS),
          new Figure("cycles/block", "meanBlockCycles", Form.WHOLE),
          new Figure("NPU busy", "utilization.npu", Form.SHARE),
          new Figure("PIM busy", "utilization.pim", Form.SHARE),
          new Figure("bandwidth used", "utilization.bandwidth", Form.SHARE),
          new Figure("mJ/token", "joulesPerToken", Form.MILLIJOULES),
          new Figure("KV cache, peak", "kv.peakFraction", Form.SHARE),
          new Figure("fullest/mean channel", "channelLoad.maxOverMean", Form.RATIO));

  /** Of a contender. */
  public OptionalDouble of(Contender contender) {
    return contender.number(path);
  }

  /** By how much percent a contender's is over the baseline's; empty where nobody can say. */
  public OptionalDouble percent(Contender contender, Contender baseline) {
    OptionalDouble own = of(contender);
    OptionalDouble base = of(baseline);
    if (own.isEmpty() || base.isEmpty()) {
      return OptionalDouble.empty();
    }
    double percent = 100 * (own.getAsDouble() - base.getAsDouble()) / base.getAsDouble();
    return Double.isFinite(percent) ? OptionalDouble.of(percent) : OptionalDouble.empty();
  }
}
