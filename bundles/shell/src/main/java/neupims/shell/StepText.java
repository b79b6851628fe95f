// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.Arrays;
import java.util.stream.Collectors;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;
import neupims.api.model.Parallelism;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;

/** A step as a person reads it. */
final class StepText {
  private StepText() {}

  static String text(StepResult result) {
    Variant variant = result.variant();
    DeviceReport device = result.device();
    String nl = System.lineSeparator();
    return "%s, %s, tp %d, pp %d, %d requests"
            .formatted(
                variant.system().name(),
                variant.shard().model().name(),
                variant.shard().parallelism().tensor(),
                variant.shard().parallelism().pipeline(),
                result.requests())
        + nl
        + nl
        + stages(device)
        + nl
        + summary(result)
        + nl
        + stalls(device.stalls())
        + nl
        + result.energy().map(e -> energy(result, e) + nl).orElse("")
        + "commands in the stages above: "
        + commands(device)
        + nl;
  }

  private static Table stages(DeviceReport device) {
    Table table = new Table(1, "STAGE", "CYCLES", "IN BLOCK");
    for (StageReport stage : device.stages()) {
      String as = stage.partOf().map(whole -> ", as in " + whole).orElse("");
      table.row(stage.name() + as, Figures.whole(stage.cycles()), stage.inBlock() ? "yes" : "no");
    }
    return table.row("block", Figures.whole(device.blockCycles()), "");
  }

  private static Table summary(StepResult result) {
    DeviceReport device = result.device();
    return new Table(1, "STEP", "")
        .row("cycles, all layers", Figures.whole(result.stepCycles()))
        .row("of them communication", Figures.whole(result.communicationCycles()))
        .row("time", Figures.millis(result.stepSeconds()))
        .row("tokens/s", Figures.whole(result.requests() / result.stepSeconds()))
        .row("NPU utilisation", Figures.percent(device.utilization().npu()))
        .row("PIM utilisation", Figures.percent(device.utilization().pim()))
        .row("bandwidth utilisation", Figures.percent(device.utilization().bandwidth()))
        .row("read in the stages above", Figures.mebibytes(device.traffic().readBytes()))
        .row("written in the stages above", Figures.mebibytes(device.traffic().writeBytes()))
        .row("KV cache, fullest channel", Figures.percent(result.kvPeakFraction()));
  }

  private static Table stalls(Stalls stalls) {
    Table table =
        new Table(
            1, "IN THE BLOCK", "COMPUTING", "MEMORY", "OTHER UNIT", "REFRESH", "BARRIER", "EMPTY");
    row(table, "NPU", stalls.npu());
    row(table, "data bus, mean", UnitCycles.sum(stalls.bus()));
    if (!stalls.pim().isEmpty()) {
      row(table, "PIM, mean", UnitCycles.sum(stalls.pim()));
    }
    return table;
  }

  private static void row(Table table, String unit, UnitCycles cycles) {
    double all = Math.max(1, cycles.total());
    table.row(
        unit,
        Figures.percent(cycles.computing() / all),
        Figures.percent(cycles.memory() / all),
        Figures.percent(cycles.otherUnit() / all),
        Figures.percent(cycles.refresh() / all),
        Figures.percent(cycles.barrier() / all),
        Figures.percent(cycles.empty() / all));
  }

  private static String energy(StepResult result, Energy energy) {
    Parallelism parallelism = result.variant().shard().parallelism();
    int devices = parallelism.tensor() * parallelism.pipeline();
    double total = energy.totalJoules();
    return "energy: %s mJ on %d %s, %s mJ a token; NPU %s, memory %s, PIM %s"
        .formatted(
            Figures.millijoules(total),
            devices,
            devices == 1 ? "device" : "devices",
            Figures.millijoules(total / result.requests()),
            Figures.percent(energy.npuJoules() / total),
            Figures.percent(energy.memoryJoules() / total),
            Figures.percent(energy.pimJoules() / total));
  }

  private static String commands(DeviceReport device) {
    return Arrays.stream(Command.values())
        .filter(c -> device.commands().getOrDefault(c, 0L) > 0)
        .map(c -> c + " " + Figures.whole(device.commands().get(c)))
        .collect(Collectors.joining(", "));
  }
}
