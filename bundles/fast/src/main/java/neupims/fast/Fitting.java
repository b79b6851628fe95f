// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.model.Layers;
import neupims.api.program.Program;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.PrefillSpec;
import neupims.api.run.Variant;

/** Simulates samples at the command level and fits a model from them; same samples, same model. */
final class Fitting {
  private static final int TRAINING = 20;
  private static final int HELD_OUT = 10;

  /** Lengths that fill batches, tokens. */
  private static final int OFTEN = 600;

  /** Requests in each channel of those that seldom do. */
  private static final int FEW = 3;

  private final Variant variant;
  private final Device device;
  private final ProgramCompiler compiler;
  private final DeviceSimulator exact;
  private final SampleBatches batches;
  private final AttentionWork work;
  private final AtomicInteger done = new AtomicInteger();

  /** How many there will be; 0 until that is known. */
  private volatile int samples;

  private int simulations;
  private boolean energyKnown = true;

  Fitting(Variant variant, Device device, ProgramCompiler compiler, DeviceSimulator exact) {
    this.variant = variant;
    this.device = device;
    this.compiler = compiler;
    this.exact = exact;
    batches =
        new SampleBatches(
            variant.shard(), device.capabilities(), device.npu().matrixRows(), variant.maxBatch());
    work = new AttentionWork(variant.shard(), device);
  }

  /** Whether the compiler's programs are of the kind that the model covers. */
  boolean covers() {
    return StageWork.of(compiler.compile(batches.random(0))).isPresent();
  }

  /** Attention alone, and the programs that have it so. */
  private record AttentionSamples(List<StageWork> stages, List<Program> alone) {}

  /** The model, if the compiler's programs are covered. */
  FastModel fit() {
    List<StageWork> kinds = StageWork.of(compiler.compile(batches.random(0))).orElseThrow();
    boolean pim = kinds.stream().anyMatch(StageWork::onPim);
    boolean npu = kinds.stream().anyMatch(w -> w.hasAttention() && !w.onPim());
    ChainSamples chainSamples = ChainSamples.of(batches, compiler, variant.maxBatch());
    AttentionSamples pimSamples = attentionSamples(pim, true);
    AttentionSamples npuSamples = attentionSamples(npu, false);
    List<Program> overlapping = overlapping();
    List<Program> heldOut = heldOut();
    ReceiveSamples receives = new ReceiveSamples(work);
    if (receives()) {
      receives.draw(TRAINING + HELD_OUT, batches, compiler);
    }
    samples =
        chainSamples.programs().size()
            + pimSamples.alone().size()
            + npuSamples.alone().size()
            + overlapping.size()
            + receives.programs().size()
            + heldOut.size();
    Map<String, RowCurve> chains = chainSamples.fit(simulate(chainSamples.programs()));
    AttentionFit onPim = pim ? AttentionFit.of(attention(pimSamples), true) : null;
    AttentionFit onNpu = npu ? AttentionFit.of(attention(npuSamples), false) : null;
    FastModel parts =
        new FastModel(chains, onPim, onNpu, Overlap.none(), null, energyKnown, 0, 0, 0, 0, 0);
    FastModel whole =
        new FastModel(
            chains,
            onPim,
            onNpu,
            overlap(parts, overlapping),
            receives() ? receives.fit(parts, simulate(receives.programs())) : null,
            energyKnown,
            0,
            0,
            0,
            0,
            0);
    return withErrors(whole, heldOut);
  }

  /** Simulates programs, on all cores; reports are in the order of the programs. */
  private List<DeviceReport> simulate(List<Program> programs) {
    simulations += programs.size();
    List<DeviceReport> reports = programs.parallelStream().map(this::simulated).toList();
    energyKnown &=
        reports.stream()
            .flatMap(report -> report.stages().stream())
            .map(StageReport::energy)
            .allMatch(Optional::isPresent);
    return reports;
  }

  private DeviceReport simulated(Program program) {
    DeviceReport report = exact.simulate(device, program, CommandSink.NONE);
    done.incrementAndGet();
    return report;
  }

  /** How far it is, in words. From any thread. */
  String progress() {
    int all = samples;
    return all == 0 ? "fits its model" : "fitting %d of %d".formatted(done.get(), all);
  }

  /** Whether requests' K and V come over a link. */
  private boolean receives() {
    return variant.serving().prefill().mode() == PrefillSpec.Mode.SEPARATE;
  }

  private List<Program> heldOut() {
    return IntStream.range(TRAINING, TRAINING + HELD_OUT)
        .mapToObj(n -> receives() && n % 2 == 0 ? batches.receiving(n) : batches.random(n))
        .map(compiler::compile)
        .toList();
  }

  private AttentionSamples attentionSamples(boolean any, boolean onPim) {
    AttentionSamples samples = new AttentionSamples(new ArrayList<>(), new ArrayList<>());
    if (!any) {
      return samples;
    }
    int channels = device.capabilities().channels();
    int most = Math.max(1, variant.maxBatch() / channels);
    for (int tokens : SampleBatches.lengths(variant.shard().model().maxPositions())) {
      TreeSet<Integer> everywhere = new TreeSet<>();
      everywhere.add(1);
      // Full channels of long requests take long to simulate and are no news.
      everywhere.add(tokens <= OFTEN ? most : Math.min(most, FEW));
      for (int perChannel : everywhere) {
        attention(batches.even(perChannel, channels, tokens), onPim, samples);
      }
      int some = Math.max(1, channels / 4);
      attention(batches.even(1, some, tokens), onPim, samples);
    }
    return samples;
  }

  private List<AttentionFit.Sample> attention(AttentionSamples of) {
    List<DeviceReport> reports = simulate(of.alone());
    List<AttentionFit.Sample> samples = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      samples.add(attention(of.stages().get(i), reports.get(i)));
    }
    return samples;
  }

  private void attention(CompileInput input, boolean onPim, AttentionSamples to) {
    Program program = compiler.compile(input);
    StageWork stage =
        StageWork.of(program).orElseThrow().stream()
            .filter(s -> s.hasAttention() && s.onPim() == onPim)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the compiler's programs have no attention of one sub-batch"));
    to.stages().add(stage);
    to.alone().add(stage.alone(program, stage.attentionTasks()));
  }

  private AttentionFit.Sample attention(StageWork stage, DeviceReport report) {
    String logit = stage.stage().tasks().get(stage.attentionTasks().get(0)).name();
    long logitEnd =
        report.tasks().stream()
            .filter(task -> task.name().equals(logit))
            .mapToLong(TaskReport::finishCycle)
            .max()
            .orElseThrow();
    return new AttentionFit.Sample(work.byChannel(stage.residents()), logitEnd, Cost.of(report));
  }

  /** Programs whose NPU and PIM work at once. */
  private List<Program> overlapping() {
    return batches(0, TRAINING)
        .filter(
            program ->
                StageWork.of(program).orElseThrow().stream()
                    .anyMatch(s -> s.onPim() && s.hasChain()))
        .toList();
  }

  private Overlap overlap(FastModel parts, List<Program> programs) {
    List<DeviceReport> reports = simulate(programs);
    List<Overlap.Sample> samples = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      List<StageWork> stages = StageWork.of(programs.get(i)).orElseThrow();
      for (int s = 0; s < stages.size(); s++) {
        if (stages.get(s).onPim() && stages.get(s).hasChain()) {
          samples.add(both(parts, stages.get(s), reports.get(i).stages().get(s)));
        }
      }
    }
    return Overlap.of(samples);
  }

  private Overlap.Sample both(FastModel parts, StageWork stage, StageReport exactly) {
    double[][] load = work.byChannel(stage.residents());
    double[] cost = new double[Cost.COUNT];
    cost[Cost.CYCLES] = exactly.cycles();
    exactly.energy().ifPresent(e -> Cost.addEnergy(cost, e));
    double[] chain = parts.chain(stage).orElseThrow();
    return new Overlap.Sample(
        stage.loads(chain, work.peakBytesPerCycle()),
        chain,
        parts.pim().logitCycles(load),
        parts.pim().at(load),
        cost);
  }

  private Stream<Program> batches(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> compiler.compile(batches.random(number)));
  }

  private FastModel withErrors(FastModel model, List<Program> programs) {
    Layers layers = variant.shard().layers(0);
    Answers answers = new Answers(model, work);
    double sum = 0;
    double absolute = 0;
    double max = 0;
    int samples = simulations;
    List<DeviceReport> truth = simulate(programs);
    for (int i = 0; i < HELD_OUT; i++) {
      List<StageWork> stages = StageWork.of(programs.get(i)).orElseThrow();
      double fitted = answers.answer(stages).stepCycles(layers);
      double error = 100 * (fitted / truth.get(i).stepCycles(layers) - 1);
      sum += error;
      absolute += Math.abs(error);
      max = Math.max(max, Math.abs(error));
    }
    return model.withErrors(samples, HELD_OUT, absolute / HELD_OUT, max, sum / HELD_OUT);
  }
}
