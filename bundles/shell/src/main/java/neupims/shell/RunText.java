// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.Locale;
import java.util.LongSummaryStatistics;
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
    boolean serving = result.variants().stream().anyMatch(v -> v.serving().isPresent());
    return heading(result)
        + System.lineSeparator()
        + System.lineSeparator()
        + table(result)
        + (serving ? "\n" + ServingText.table(result) : "")
        + fidelity(result)
        + "\n";
  }

  /** A line for each variant whose device was not simulated command by command. */
  private static String fidelity(RunResult result) {
    StringBuilder lines = new StringBuilder();
    for (VariantResult variant : result.variants()) {
      variant
          .fidelity()
          .ifPresent(
              fit ->
                  lines.append(
                      String.format(
                          Locale.ROOT,
                          "%n%s: fidelity fast, fitted from %d simulations; error of a step on %d"
                              + " others %.2f %% (mean), %.2f %% (max)%s",
                          variant.variant().name(),
                          fit.fitSamples(),
                          fit.heldOut(),
                          fit.meanErrorPercent(),
                          fit.maxErrorPercent(),
                          fit.exactPrograms() == 0
                              ? ""
                              : "; not covered, simulated exactly: " + fit.exactPrograms())));
    }
    return lines.isEmpty() ? "" : lines.append("\n").toString();
  }

  static String closing(RunResult result, Path file, double seconds) {
    return String.format(Locale.ROOT, "%s: %s, %.1f s", result.experiment().name(), file, seconds);
  }

  private static String heading(RunResult result) {
    Variant first = result.variants().get(0).variant();
    return String.format(
        Locale.ROOT,
        "%s, tp %d, pp %d, %s, batch %d: %s",
        first.shard().model().name(),
        first.shard().parallelism().tensor(),
        first.shard().parallelism().pipeline(),
        first.workload().label(),
        first.maxBatch(),
        what(result));
  }

  private static String what(RunResult result) {
    boolean serving = result.variants().stream().anyMatch(v -> v.serving().isPresent());
    return serving ? "serving in simulated time" : "mean of " + iterations(result);
  }

  /** How many iterations the figures are means of; variants of an interrupted run may differ. */
  private static String iterations(RunResult result) {
    LongSummaryStatistics counts =
        result.variants().stream().mapToLong(VariantResult::iterations).summaryStatistics();
    String number =
        counts.getMin() == counts.getMax()
            ? Long.toString(counts.getMin())
            : counts.getMin() + " to " + counts.getMax();
    return number + (counts.getMax() == 1 ? " decode iteration" : " decode iterations");
  }

  /** A variant under a name of its own says on which system it ran. */
  static String name(Variant variant) {
    String system = variant.system().name();
    return variant.name().equals(system) ? system : variant.name() + " (" + system + ")";
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
          name(variant.variant()),
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
