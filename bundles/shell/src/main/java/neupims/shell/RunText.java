// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import neupims.api.metric.Utilization;
import neupims.api.run.RunResult;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;

/**
 * A run as a person reads it: one table, the first variant being what the others are measured
 * against.
 */
final class RunText {
  private RunText() {}

  static String text(RunResult result) {
    return heading(result) + System.lineSeparator() + System.lineSeparator() + table(result) + "\n";
  }

  static String closing(RunResult result, Path file, double seconds) {
    return String.format(Locale.ROOT, "%s: %s, %.1f s", result.experiment().name(), file, seconds);
  }

  private static String heading(RunResult result) {
    Variant first = result.variants().get(0).variant();
    return String.format(
        Locale.ROOT,
        "%s, tp %d, pp %d, %s, batch %d: mean of %d decode iterations",
        first.shard().model().name(),
        first.shard().parallelism().tensor(),
        first.shard().parallelism().pipeline(),
        first.workload().lengths().name(),
        first.maxBatch(),
        result.variants().get(0).iterations());
  }

  private static Table table(RunResult result) {
    VariantResult base = result.variants().get(0);
    Table table =
        new Table(
            1,
            "VARIANT",
            "TOKENS/S",
            "VS " + base.variant().name().toUpperCase(Locale.ROOT),
            "CYCLES/BLOCK",
            "NPU",
            "PIM",
            "BANDWIDTH",
            "mJ/TOKEN");
    for (VariantResult variant : result.variants()) {
      Utilization use = variant.utilization();
      OptionalDouble joules = variant.joulesPerToken();
      double ratio = variant.tokensPerSecond() / base.tokensPerSecond();
      table.row(
          variant.variant().name(),
          Figures.whole(variant.tokensPerSecond()),
          Double.isFinite(ratio) ? Figures.times(ratio) : "-",
          Figures.whole(variant.meanBlockCycles()),
          Figures.percent(use.npu()),
          Figures.percent(use.pim()),
          Figures.percent(use.bandwidth()),
          joules.isPresent() ? Figures.millijoules(joules.getAsDouble()) : "-");
    }
    return table;
  }
}
