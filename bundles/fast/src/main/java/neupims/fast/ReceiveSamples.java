// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;
import neupims.api.compile.ProgramCompiler;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.TaskReport;
import neupims.api.program.Program;

/**
 * Stages of batches of which requests have just come over a link, each simulated with what is
 * written for them and without.
 */
final class ReceiveSamples {
  /** Batches. */
  private static final int COUNT = 12;

  private final AttentionWork work;
  private final List<StageWork> stages = new ArrayList<>();
  private final List<Program> programs = new ArrayList<>();

  ReceiveSamples(AttentionWork work) {
    this.work = work;
  }

  /** Draws batches numbered from the first on. */
  void draw(int first, SampleBatches batches, ProgramCompiler compiler) {
    for (int number = first; number < first + COUNT; number++) {
      Program program = compiler.compile(batches.receiving(number));
      for (StageWork stage : StageWork.of(program).orElseThrow()) {
        if (stage.receives() && stage.stage().inBlock()) {
          stages.add(stage);
          programs.add(stage.withoutReceived(program));
          programs.add(stage.alone(program));
        }
      }
    }
  }

  /** What to simulate: each stage without and with. */
  List<Program> programs() {
    return programs;
  }

  /**
   * The fit.
   *
   * @param parts attention alone
   * @param reports of the programs, in their order
   */
  ReceiveFit fit(FastModel parts, List<DeviceReport> reports) {
    List<ReceiveFit.Sample> samples = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      StageWork stage = stages.get(i);
      double[] without = Cost.of(reports.get(2 * i));
      double[] with = Cost.of(reports.get(2 * i + 1));
      double[] attention =
          stage.hasAttention()
              ? parts.attention(stage).at(work.byChannel(stage.residents()))
              : new double[Cost.COUNT];
      double busiest = work.busiestWrites(stage.received());
      double[] features = ReceiveFit.features(busiest, idle(stage, reports.get(2 * i)), attention);
      double bus = work.writtenBytes(stage.received()) / work.peakBytesPerCycle();
      samples.add(new ReceiveFit.Sample(features, bus, without, with));
    }
    return ReceiveFit.of(samples);
  }

  /** Cycles after the end of its chain. */
  private static double idle(StageWork stage, DeviceReport report) {
    long end = 0;
    for (int index : stage.chainTasks()) {
      String name = stage.stage().tasks().get(index).name();
      for (TaskReport task : report.tasks()) {
        end = task.name().equals(name) ? Math.max(end, task.finishCycle()) : end;
      }
    }
    return report.blockCycles() - end;
  }
}
