// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import neupims.api.hw.Command;
import neupims.api.hw.NpuSpec;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.program.Stage;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.CatalogKind;
import neupims.api.run.DeviceComparison;
import neupims.api.run.DeviceDiff;
import neupims.api.run.DropIn;
import neupims.api.run.DropIns;
import neupims.api.run.Experiment;
import neupims.api.run.GemmResult;
import neupims.api.run.GemvCase;
import neupims.api.run.LiveRun;
import neupims.api.run.MeasureSpec;
import neupims.api.run.MemoryAlone;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.MicroResult;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.PaperFigure;
import neupims.api.run.Plugin;
import neupims.api.run.PluginCheck;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.ReportWriter;
import neupims.api.run.ResultMetric;
import neupims.api.run.RunLog;
import neupims.api.run.RunLogs;
import neupims.api.run.RunObserver;
import neupims.api.run.RunResult;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.StreamPattern;
import neupims.api.run.Swap;
import neupims.api.run.SystemSpec;
import neupims.api.run.Validation;
import neupims.api.run.ValidationCase;
import neupims.api.run.ValidationTable;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.testkit.SampleVariants;
import picocli.CommandLine;

/** A platform without a framework: what commands ask for is recorded, what they print is kept. */
final class TestPlatform
    implements Plugins,
        Catalog,
        Simulation,
        DeviceComparison,
        MicroBenchmarks,
        Validation,
        ReportWriter {
  static final PluginInfo JSON_REPORT =
      new PluginInfo("report", "json", "test", "1.0.0", "a report");

  final List<Setting> settings = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final List<String> announced = new CopyOnWriteArrayList<>();
  final List<FakeLiveRun> live = new ArrayList<>();
  RuntimeException simulationFails;
  Runnable whileRunning = () -> {};
  List<String> warnings = List.of();
  Optional<Energy> energy = Optional.of(new Energy(1, 2, 5));
  List<ValidationCase> validation = List.of();
  List<PluginCheck> checks = List.of();
  List<PluginInfo> plugins = List.of(JSON_REPORT);
  DeviceDiff diff;

  /** The commands of a lab, which print here. */
  LabCommands lab() {
    Announcer announcer = new Announcer();
    announcer.to(announced::add);
    return new LabCommands(platform(), new LiveRuns(announcer), announcer);
  }

  int run(LabCommands lab, String... words) {
    return lab.execute(List.of(words), platform().out(), platform().err());
  }

  private Platform platform() {
    return new Platform(
        this,
        this,
        this,
        this,
        this,
        this,
        (e, d) -> new NoLogs(),
        new OneBrokenJar(),
        (jar, limit, values) -> checks,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  int run(String... arguments) {
    Platform platform = platform();
    PrintStream outStream = platform.out();
    PrintStream errStream = platform.err();
    CommandLine line = CommandLineService.commandLine(platform);
    line.setOut(new PrintWriter(outStream, true));
    line.setErr(new PrintWriter(errStream, true));
    line.getSubcommands().values().forEach(c -> c.setErr(line.getErr()).setOut(line.getOut()));
    return line.execute(arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public List<PluginInfo> list() {
    return plugins;
  }

  @Override
  public <T> Plugin<T> select(PluginKind<T> kind, String name) {
    return new Plugin<>(JSON_REPORT, kind.type().cast(this));
  }

  @Override
  public <T> Optional<Plugin<T>> find(PluginKind<T> kind, String name, Optional<String> version) {
    return Optional.of(select(kind, name));
  }

  @Override
  public long changes() {
    return 0;
  }

  @Override
  public List<String> names(CatalogKind kind) {
    return List.of(kind.word() + "-1", kind.word() + "-2");
  }

  @Override
  public Experiment experiment(Path experiment, List<Setting> given) {
    settings.addAll(given);
    return new Experiment(
        "test", 1, List.of(SampleVariants.variant("slow"), SampleVariants.variant("fast")), "{}");
  }

  @Override
  public Experiment together(List<Path> experiments, List<Setting> given) {
    return experiment(null, given);
  }

  @Override
  public List<PaperExperiment> paperExperiments() {
    return List.of(
        paper("short", true, ""), paper("part", false, "whole"), paper("whole", false, ""));
  }

  private static PaperExperiment paper(String name, boolean byDefault, String partOf) {
    PaperFigure figure =
        new PaperFigure(
            "fast-over-slow",
            "fast over slow",
            ResultMetric.TOKENS_PER_SECOND,
            Map.of("system", "fast"),
            Map.of("system", "slow"),
            PaperFigure.Take.MEAN,
            OptionalDouble.of(5),
            "",
            "a test");
    return new PaperExperiment(
        name,
        "a paper's experiment",
        byDefault,
        partOf,
        Map.of("system", List.of("slow", "fast")),
        List.of(
            new PaperExperiment.Point("slow", Map.of("system", "slow")),
            new PaperExperiment.Point("fast", Map.of("system", "fast"))),
        List.of(figure));
  }

  @Override
  public Experiment paperExperiment(PaperExperiment paper, List<Setting> given) {
    return experiment(null, given);
  }

  @Override
  public String recording(Experiment experiment, List<List<Swap>> swaps) {
    return "{}";
  }

  @Override
  public Variant variant(List<Setting> given) {
    settings.addAll(given);
    return SampleVariants.variant("only");
  }

  @Override
  public MemoryAlone memoryAlone(String name, List<Setting> given) {
    settings.addAll(given);
    return new MemoryAlone(SampleVariants.variant(name).system().memory(), false);
  }

  @Override
  public NpuSpec npu(String name, List<Setting> given) {
    settings.addAll(given);
    return SampleVariants.variant(name).system().npu();
  }

  @Override
  public List<BatchEntry> batch(Path csv) {
    return List.of(new BatchEntry(10, 0), new BatchEntry(20, 1));
  }

  @Override
  public StepResult step(Variant variant, List<BatchEntry> batch) {
    if (simulationFails != null) {
      throw simulationFails;
    }
    return new StepResult(
        variant, batch.size(), report(), 320, 12, 320e-9, energy, 0.5, warnings, list());
  }

  @Override
  public LiveRun start(Experiment experiment, RunObserver observer) {
    if (simulationFails != null) {
      throw simulationFails;
    }
    FakeLiveRun run = new FakeLiveRun(experiment, run(experiment, observer));
    live.add(run);
    return run;
  }

  @Override
  public DeviceDiff step(Variant first, Variant second, List<BatchEntry> batch) {
    return diff;
  }

  @Override
  public DeviceDiff runs(Variant first, Variant second) {
    return diff;
  }

  @Override
  public RunResult run(Experiment experiment, RunObserver observer) {
    whileRunning.run();
    if (simulationFails != null) {
      throw simulationFails;
    }
    List<VariantResult> results = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      observer.progress(variant.name(), 1, 1);
      double seconds = variant.name().equals("slow") ? 2 : 0.5;
      results.add(
          new VariantResult(
              variant,
              MeasureSpec.Mode.SNAPSHOTS,
              1,
              0,
              1000,
              seconds,
              12_345,
              new Utilization(0.25, 0.5, 0.75),
              energy,
              0.1,
              1.2,
              300,
              0,
              List.of(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              List.of(),
              warnings,
              list(),
              0,
              "completed",
              null));
    }
    return new RunResult(experiment, results);
  }

  @Override
  public MicroResult stream(MemoryAlone memory, StreamPattern pattern, int requests) {
    return new MicroResult(requests, 0, requests, Map.of());
  }

  @Override
  public MicroResult gemv(MemoryAlone memory, GemvCase work) {
    return new MicroResult(work.sequenceTokens(), 1, work.reads(), Map.of());
  }

  @Override
  public GemmResult gemm(SystemSpec system, int rows, int inner, int columns) {
    return new GemmResult(rows, inner, columns, 1);
  }

  @Override
  public List<String> tables() {
    return List.of("ladder", "inputs");
  }

  @Override
  public ValidationTable table(String name) {
    return new ValidationTable(List.of("of", "cycles"), List.of(List.of(name, "1,000")));
  }

  @Override
  public List<PaperComparison> compare(PaperExperiment paper, RunResult result) {
    return List.of(new PaperComparison(paper.figures().get(0), OptionalDouble.of(4), 1, 1));
  }

  @Override
  public List<ValidationCase> run(Consumer<ValidationCase> observer) {
    return validation;
  }

  @Override
  public Path write(RunResult result, Path directory) throws IOException {
    return Files.writeString(directory.resolve("result.json"), "{}\n");
  }

  static DeviceReport report() {
    return new DeviceReport(
        10,
        List.of(new StageReport("A", Stage.Repeat.EVERY_LAYER, true, 10, Optional.empty())),
        List.of(),
        new Utilization(0.25, 0.5, 0.75),
        Stalls.NONE,
        new Traffic(64, 128),
        Map.of(Command.RD, 1L, Command.WR, 2L),
        0.25);
  }

  /** Writes nothing. */
  private static final class NoLogs implements RunLogs.Session {
    @Override
    public RunLog log(int variant) {
      return RunLog.NONE;
    }

    @Override
    public void close() {}
  }

  /** A folder with one file that is no jar. */
  private static final class OneBrokenJar implements DropIns {
    @Override
    public List<Path> folders() {
      return List.of();
    }

    @Override
    public void load() {}

    @Override
    public boolean scan() {
      return false;
    }

    @Override
    public void put(Path jar) {}

    @Override
    public void remove(Path jar) {}

    @Override
    public List<DropIn> list() {
      List<String> faults = List.of("not a zip");
      return List.of(new DropIn(Path.of("x.jar"), "", "", 1, List.of(), faults, List.of("a note")));
    }
  }
}
