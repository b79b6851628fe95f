// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import neupims.api.compile.ProgramCompiler;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.TaskReport;
import neupims.api.program.Program;
import neupims.api.program.Task;

/**
 * Chains of NPU tasks alone, at some numbers of rows.
 *
 * @param points the stages that have them, by chain and rows
 * @param alone programs of their chains and nothing else, in the order of simulation
 */
record ChainSamples(
    Map<String, TreeMap<Integer, StageWork>> points, Map<StageWork, Program> alone) {

  /**
   * Those of a compiler's programs.
   *
   * @param most rows of a chain
   */
  static ChainSamples of(SampleBatches batches, ProgramCompiler compiler, int most) {
    Map<String, TreeMap<Integer, StageWork>> points = new TreeMap<>();
    Map<StageWork, Program> alone = new LinkedHashMap<>();
    for (int sub = 1; sub <= 2; sub++) {
      for (int rows : batches.rows(sub)) {
        Program program = compiler.compile(batches.ofRows(rows, sub));
        for (StageWork stage : StageWork.of(program).orElse(List.of())) {
          if (stage.hasChain()
              && stage.rows() <= most
              && points
                      .computeIfAbsent(stage.chain(), chain -> new TreeMap<>())
                      .putIfAbsent(stage.rows(), stage)
                  == null) {
            alone.put(stage, stage.alone(program, stage.chainTasks()));
          }
        }
      }
    }
    return new ChainSamples(points, alone);
  }

  /** What is to be simulated. */
  List<Program> programs() {
    return List.copyOf(alone.values());
  }

  /**
   * A curve for each chain.
   *
   * @param reports of the programs, in their order
   */
  Map<String, RowCurve> fit(List<DeviceReport> reports) {
    Map<StageWork, double[]> costs = new HashMap<>();
    int at = 0;
    for (StageWork stage : alone.keySet()) {
      costs.put(stage, cost(stage, reports.get(at++)));
    }
    Map<String, RowCurve> curves = new TreeMap<>();
    points.forEach(
        (chain, stages) ->
            curves.put(
                chain,
                new RowCurve(
                    stages.keySet().stream().mapToInt(r -> r).toArray(),
                    stages.values().stream().map(costs::get).toArray(double[][]::new))));
    return curves;
  }

  /** Cost of a chain alone, then start and finish of each of its tasks. */
  private static double[] cost(StageWork stage, DeviceReport report) {
    Map<String, TaskReport> tasks = new HashMap<>();
    report.tasks().forEach(task -> tasks.put(task.name(), task));
    double[] quantities = Cost.of(report);
    double[] cost = new double[Cost.COUNT + 2 * stage.chainTasks().size()];
    System.arraycopy(quantities, 0, cost, 0, Cost.COUNT);
    int at = Cost.COUNT;
    for (int index : stage.chainTasks()) {
      Task task = stage.stage().tasks().get(index);
      cost[at++] = tasks.get(task.name()).startCycle();
      cost[at++] = tasks.get(task.name()).finishCycle();
    }
    return cost;
  }
}
