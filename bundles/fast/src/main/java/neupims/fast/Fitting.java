// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.program.Program;
import neupims.api.program.Task;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Variant;

/** Simulates samples at the command level and fits a model from them. */
final class Fitting {
  private static final int TRAINING = 20;
  private static final int HELD_OUT = 10;

  private final Variant variant;
  private final Device device;
  private final ProgramCompiler compiler;
  private final DeviceSimulator exact;
  private final SampleBatches batches;
  private final AttentionWork work;
  private int simulations;
  private boolean energyKnown = true;

  Fitting(Variant variant, Device device, ProgramCompiler compiler, DeviceSimulator exact) {
    this.variant = variant;
    this.device = device;
    this.compiler = compiler;
    this.exact = exact;
    batches = new SampleBatches(variant.shard(), device.capabilities(), variant.maxBatch());
    work = new AttentionWork(variant.shard(), device);
  }

  /** The model; empty when the compiler's programs are not of the kind that it covers. */
  Optional<FastModel> fit() {
    Program probe = compiler.compile(batches.random(0));
    Optional<List<StageWork>> kinds = StageWork.of(probe);
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    boolean pim = kinds.get().stream().anyMatch(StageWork::onPim);
    boolean npu = kinds.get().stream().anyMatch(w -> w.hasAttention() && !w.onPim());
    Map<String, RowCurve> chains = chains();
    AttentionFit onPim = pim ? AttentionFit.of(attention(true), true) : null;
    AttentionFit onNpu = npu ? AttentionFit.of(attention(false), false) : null;
    FastModel parts =
        new FastModel(chains, onPim, onNpu, Overlap.none(), energyKnown, 0, 0, 0, 0, 0);
    FastModel whole =
        new FastModel(chains, onPim, onNpu, overlap(parts), energyKnown, 0, 0, 0, 0, 0);
    return Optional.of(withErrors(whole));
  }

  private DeviceReport simulate(Program program) {
    simulations++;
    DeviceReport report = exact.simulate(device, program, CommandSink.NONE);
    energyKnown &= report.stages().stream().map(StageReport::energy).allMatch(Optional::isPresent);
    return report;
  }

  private Map<String, RowCurve> chains() {
    Map<String, TreeMap<Integer, double[]>> points = new TreeMap<>();
    for (int rows : batches.rows()) {
      for (int sub = 1; sub <= 2; sub++) {
        Program program = compiler.compile(batches.ofRows(rows, sub));
        for (StageWork stage : StageWork.of(program).orElse(List.of())) {
          if (stage.hasChain() && stage.rows() <= variant.maxBatch()) {
            points
                .computeIfAbsent(stage.chain(), chain -> new TreeMap<>())
                .computeIfAbsent(stage.rows(), r -> chain(program, stage));
          }
        }
      }
    }
    Map<String, RowCurve> curves = new TreeMap<>();
    points.forEach(
        (chain, costs) ->
            curves.put(
                chain,
                new RowCurve(
                    costs.keySet().stream().mapToInt(r -> r).toArray(),
                    costs.values().toArray(double[][]::new))));
    return curves;
  }

  /** Cost of a chain alone, then start and finish of each of its tasks. */
  private double[] chain(Program program, StageWork stage) {
    DeviceReport report = simulate(stage.alone(program, stage.chainTasks()));
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

  private List<AttentionFit.Sample> attention(boolean onPim) {
    int channels = device.capabilities().channels();
    int most = Math.max(1, Math.min(8, variant.maxBatch() / channels));
    List<AttentionFit.Sample> samples = new ArrayList<>();
    for (int tokens : batches.lengths()) {
      for (int perChannel = 1; perChannel <= most; perChannel = 3 * perChannel) {
        samples.add(attention(batches.even(perChannel, channels, tokens), onPim));
      }
      int few = Math.max(1, channels / 4);
      samples.add(attention(batches.even(1, few, tokens), onPim));
    }
    return samples;
  }

  private AttentionFit.Sample attention(CompileInput input, boolean onPim) {
    Program program = compiler.compile(input);
    for (StageWork stage : StageWork.of(program).orElseThrow()) {
      if (stage.hasAttention() && stage.onPim() == onPim) {
        DeviceReport report = simulate(stage.alone(program, stage.attentionTasks()));
        String logit = stage.stage().tasks().get(stage.attentionTasks().get(0)).name();
        long logitEnd =
            report.tasks().stream()
                .filter(task -> task.name().equals(logit))
                .mapToLong(TaskReport::finishCycle)
                .max()
                .orElseThrow();
        return new AttentionFit.Sample(
            work.byChannel(stage.residents()), logitEnd, Cost.of(report));
      }
    }
    throw new IllegalStateException("the compiler's programs have no attention of one sub-batch");
  }

  private Overlap overlap(FastModel parts) {
    List<Overlap.Sample> samples = new ArrayList<>();
    for (int number = 0; number < TRAINING; number++) {
      Program program = compiler.compile(batches.random(number));
      List<StageWork> stages = StageWork.of(program).orElseThrow();
      if (stages.stream().noneMatch(s -> s.onPim() && s.hasChain())) {
        continue;
      }
      DeviceReport report = simulate(program);
      for (int s = 0; s < stages.size(); s++) {
        StageWork stage = stages.get(s);
        if (stage.onPim() && stage.hasChain()) {
          double[][] load = work.byChannel(stage.residents());
          double[] attention = parts.pim().at(load);
          double[] cost = new double[Cost.COUNT];
          StageReport exactly = report.stages().get(s);
          cost[Cost.CYCLES] = exactly.cycles();
          exactly.energy().ifPresent(e -> Cost.addEnergy(cost, e));
          samples.add(
              new Overlap.Sample(
                  parts.chain(stage).orElseThrow(),
                  attention,
                  AttentionWork.perChannel(load),
                  cost));
        }
      }
    }
    return Overlap.of(samples);
  }

  private FastModel withErrors(FastModel model) {
    int layers = variant.shard().layers();
    Answers answers = new Answers(model, work);
    double sum = 0;
    double absolute = 0;
    double max = 0;
    int samples = simulations;
    for (int number = TRAINING; number < TRAINING + HELD_OUT; number++) {
      Program program = compiler.compile(batches.random(number));
      DeviceReport truth = simulate(program);
      double fitted = answers.answer(StageWork.of(program).orElseThrow()).stepCycles(layers);
      double error = 100 * (fitted / truth.stepCycles(layers) - 1);
      sum += error;
      absolute += Math.abs(error);
      max = Math.max(max, Math.abs(error));
    }
    return model.withErrors(samples, HELD_OUT, absolute / HELD_OUT, max, sum / HELD_OUT);
  }
}
