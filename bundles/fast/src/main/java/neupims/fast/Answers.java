// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.program.Task;

/** Reports of programs, from a fitted model. Stalls and command counts are left empty. */
final class Answers {
  private static final double[] NOTHING = new double[Cost.COUNT];

  private final FastModel model;
  private final AttentionWork work;

  Answers(FastModel model, AttentionWork work) {
    this.model = model;
    this.work = work;
  }

  DeviceReport answer(List<StageWork> program) {
    List<StageReport> stages = new ArrayList<>();
    List<TaskReport> tasks = new ArrayList<>();
    double[] all = new double[Cost.COUNT];
    double[] block = new double[Cost.COUNT];
    long start = 0;
    long blockCycles = 0;
    for (StageWork stage : program) {
      Optional<double[]> chain = model.chain(stage);
      double[][] load = work.byChannel(stage.residents());
      Optional<double[]> attention =
          stage.hasAttention() ? Optional.of(model.attention(stage).at(load)) : Optional.empty();
      double logit = stage.hasAttention() ? model.attention(stage).logitCycles(load) : 0;
      Timeline timeline = timeline(stage, chain, attention, logit);
      double[] cost = model.together(chain, attention, timeline.end());
      if (stage.receives()) {
        double idle = timeline.end() - timeline.chainAt(chain.orElse(NOTHING)[Cost.CYCLES]);
        receive(stage, idle, attention.orElse(NOTHING), cost);
      }
      long cycles = Math.round(cost[Cost.CYCLES]);
      stages.add(report(stage, cost, cycles));
      tasks(tasks, stage, chain, timeline, start);
      for (int index : stage.receiveTasks()) {
        String name = stage.stage().tasks().get(index).name();
        tasks.add(new TaskReport(stage.stage().name(), name, start, start + cycles));
      }
      add(all, cost);
      if (stage.stage().inBlock()) {
        add(block, cost);
        blockCycles += cycles;
      }
      start += cycles;
    }
    Traffic traffic =
        new Traffic(Math.round(all[Cost.READ_BYTES]), Math.round(all[Cost.WRITE_BYTES]));
    return new DeviceReport(
        blockCycles,
        stages,
        tasks,
        utilization(block, blockCycles),
        Stalls.NONE,
        traffic,
        Map.of(),
        0);
  }

  private void receive(StageWork stage, double idle, double[] attention, double[] cost) {
    double busiest = work.busiestWrites(stage.received());
    double bytes = work.writtenBytes(stage.received());
    double[] features = ReceiveFit.features(busiest, idle, attention);
    model.receive().add(cost, features, bytes / work.peakBytesPerCycle(), bytes);
  }

  private StageReport report(StageWork work, double[] cost, long cycles) {
    Optional<Energy> energy =
        model.energyKnown()
            ? Optional.of(
                new Energy(cost[Cost.NPU_JOULES], cost[Cost.MEMORY_JOULES], cost[Cost.PIM_JOULES]))
            : Optional.empty();
    return new StageReport(
        work.stage().name(), work.stage().repeat(), work.stage().inBlock(), cycles, energy);
  }

  /** The PIM's part beside the chain; what the NPU does of attention comes after it. */
  private Timeline timeline(
      StageWork stage, Optional<double[]> chain, Optional<double[]> attention, double logit) {
    double[] n = chain.orElse(NOTHING);
    double[] p = attention.orElse(NOTHING);
    if (stage.onPim()) {
      double[][] loads =
          chain.isPresent() ? stage.loads(n, work.peakBytesPerCycle()) : new double[0][];
      return model.overlap().timeline(loads, n, logit, p);
    }
    double cycles = n[Cost.CYCLES] + p[Cost.CYCLES];
    return new Timeline(new double[0][], cycles, 0, 0, model.overlap());
  }

  private static void tasks(
      List<TaskReport> tasks,
      StageWork stage,
      Optional<double[]> chain,
      Timeline timeline,
      long start) {
    String name = stage.stage().name();
    int at = Cost.COUNT;
    for (int index : stage.chainTasks()) {
      Task task = stage.stage().tasks().get(index);
      double[] times = chain.orElseThrow();
      long from = Math.round(timeline.chainAt(times[at++]));
      long to = Math.round(timeline.chainAt(times[at++]));
      tasks.add(new TaskReport(name, task.name(), start + from, start + to));
    }
    double chainEnd = timeline.chainAt(chain.map(c -> c[Cost.CYCLES]).orElse(0.0));
    double[] bounds =
        stage.onPim()
            ? new double[] {0, timeline.logitEnd(), timeline.attendEnd()}
            : new double[] {chainEnd, timeline.end()};
    for (int i = 0; i < stage.attentionTasks().size(); i++) {
      Task task = stage.stage().tasks().get(stage.attentionTasks().get(i));
      long from = Math.round(bounds[i]);
      long to = Math.round(bounds[i + 1]);
      tasks.add(new TaskReport(name, task.name(), start + from, start + to));
    }
  }

  private static void add(double[] sums, double[] cost) {
    for (int q = 0; q < sums.length; q++) {
      sums[q] += cost[q];
    }
  }

  private static Utilization utilization(double[] block, long cycles) {
    return cycles == 0
        ? new Utilization(0, 0, 0)
        : new Utilization(
            block[Cost.NPU] / cycles, block[Cost.PIM] / cycles, block[Cost.BUS] / cycles);
  }
}
