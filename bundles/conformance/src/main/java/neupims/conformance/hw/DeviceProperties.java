// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Utilization;
import neupims.api.model.Layers;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.program.VectorOp;
import neupims.api.run.DeviceModel;
import neupims.api.unit.Clock;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/**
 * What every {@link DeviceModel} must do.
 *
 * @param specs devices of the model with all its parameters
 */
public record DeviceProperties(Function<DeviceModel, List<AcceleratorSpec>> specs) {
  private static final int WIDTH = 512;
  private static final int HEADS = 4;
  private static final int BYTES = 2;

  /** Looks at a model with a device. */
  @FunctionalInterface
  private interface SpecCheck {
    void check(DeviceModel model, AcceleratorSpec spec);
  }

  /** A device of 100 TFLOPS and 1 TB/s with the defaults of the model's parameters. */
  public static AcceleratorSpec sample(DeviceModel model) {
    return new AcceleratorSpec(
        "sample",
        "sample",
        new Clock(1_000_000_000),
        50_000,
        1L << 34,
        1_000_000_000_000L,
        Cases.defaults(model.parameters()));
  }

  /** The properties. */
  public List<Property<DeviceModel>> all() {
    return List.of(
        new Property<>(
            "stages",
            "stages are reported as the program has them, the block is those that are of it",
            fresh -> each(fresh, DeviceProperties::stages)),
        new Property<>(
            "causality",
            "every task is reported, within its stage and after those that it waits for",
            fresh -> each(fresh, DeviceProperties::order)),
        new Property<>(
            "peak",
            "nothing is faster than peak and bandwidth allow",
            fresh -> each(fresh, DeviceProperties::peak)),
        new Property<>(
            "more work takes no less time",
            "more tokens to attend to, or more rows, are never done sooner",
            fresh -> each(fresh, DeviceProperties::moreWork)),
        new Property<>(
            "determinism",
            "the same program takes the same time",
            fresh ->
                each(
                    fresh,
                    (model, spec) -> {
                      DeviceReport first = report(model, spec);
                      Expect.equal(first, report(model, spec), "report of the same program");
                      Expect.equal(first, report(fresh.get(), spec), "report of a new instance");
                    })));
  }

  private String each(Supplier<DeviceModel> fresh, SpecCheck check) {
    DeviceModel model = fresh.get();
    List<AcceleratorSpec> devices = specs.apply(model);
    devices.forEach(spec -> check.check(model, spec));
    return devices.stream().map(AcceleratorSpec::name).toList().toString();
  }

  private static DeviceReport report(DeviceModel model, AcceleratorSpec spec) {
    return model.simulate(spec, program(8, 100)).withWallSeconds(0);
  }

  /**
   * Attention in a stage that is not of the block, then a GEMM and two vector operations in one
   * that is; for {@code rows} requests of {@code tokens} tokens each.
   */
  public static Program program(int rows, int tokens) {
    List<Resident> residents =
        IntStream.range(0, rows).mapToObj(i -> new Resident(i, 0, tokens)).toList();
    long activation = (long) rows * WIDTH * BYTES;
    List<Tensor> tensors =
        List.of(
            new Tensor("queries", activation, Tensor.Kind.ACTIVATION),
            new Tensor("attention", activation, Tensor.Kind.ACTIVATION),
            new Tensor("weight", (long) WIDTH * WIDTH * BYTES, Tensor.Kind.WEIGHT),
            new Tensor("product", activation, Tensor.Kind.ACTIVATION),
            new Tensor("sum", activation, Tensor.Kind.ACTIVATION),
            new Tensor("norm", activation, Tensor.Kind.ACTIVATION));
    Kernel attention = new Kernel.NpuAttention(residents, HEADS, WIDTH / HEADS);
    Task first = new Task("attention", attention, List.of(), List.of(0), 1);
    Task gemm = new Task("gemm", new Kernel.Gemm(rows, WIDTH, WIDTH), List.of(), List.of(1, 2), 3);
    Kernel add = new Kernel.Vector(VectorOp.RESIDUAL_ADD, rows, WIDTH);
    Task sum = new Task("sum", add, List.of(0), List.of(0, 3), 4);
    Kernel norm = new Kernel.Vector(VectorOp.LAYER_NORM, rows, WIDTH);
    Task last = new Task("norm", norm, List.of(1), List.of(4), 5);
    return new Program(
        tensors,
        List.of(
            new Stage("A", Stage.Repeat.ONCE, false, List.of(first)),
            new Stage("B", Stage.Repeat.EVERY_LAYER, true, List.of(gemm, sum, last))));
  }

  private static void stages(DeviceModel model, AcceleratorSpec spec) {
    Program program = program(8, 100);
    DeviceReport report = model.simulate(spec, program);
    Expect.equal(2, report.stages().size(), "stages");
    for (int s = 0; s < 2; s++) {
      StageReport stage = report.stages().get(s);
      Expect.equal(program.stages().get(s).name(), stage.name(), "name of stage " + s);
      Expect.equal(program.stages().get(s).repeat(), stage.repeat(), "repeat of stage " + s);
      Expect.equal(program.stages().get(s).inBlock(), stage.inBlock(), "whether of the block");
      Expect.that(stage.cycles() > 0, "stage " + stage.name() + " takes no time");
    }
    long block = report.blockCycles();
    Expect.equal(report.stages().get(1).cycles(), block, "cycles of the block");
    Expect.equal(block, report.stalls().npu().total(), "cycles accounted for");
    report.stalls().bus().forEach(bus -> Expect.equal(block, bus.total(), "bus cycles"));
    Expect.equal(Command.values().length, report.commands().size(), "kinds of commands");
  }

  private static void order(DeviceModel model, AcceleratorSpec spec) {
    DeviceReport report = report(model, spec);
    Map<String, TaskReport> tasks = new HashMap<>();
    report.tasks().forEach(task -> tasks.put(task.name(), task));
    Expect.equal(4, tasks.size(), "tasks");
    long barrier = report.stages().get(0).cycles();
    Expect.that(tasks.get("attention").finishCycle() <= barrier, "a task ends after its stage");
    Expect.that(tasks.get("gemm").startCycle() >= barrier, "a task begins before its stage");
    after(tasks.get("gemm"), tasks.get("sum"));
    after(tasks.get("sum"), tasks.get("norm"));
  }

  private static void after(TaskReport first, TaskReport second) {
    Expect.that(
        second.startCycle() >= first.finishCycle(),
        second.name() + " begins before " + first.name() + " is done");
  }

  private static void peak(DeviceModel model, AcceleratorSpec spec) {
    for (int rows : new int[] {1, 64, 4096}) {
      Utilization use = model.simulate(spec, program(rows, 100)).utilization();
      for (double share : new double[] {use.npu(), use.pim(), use.bandwidth()}) {
        Expect.that(share >= 0 && share <= 1, () -> rows + " rows: " + use);
      }
    }
  }

  private static void moreWork(DeviceModel model, AcceleratorSpec spec) {
    long few = model.simulate(spec, program(8, 100)).stepCycles(Layers.alike(2));
    long longer = model.simulate(spec, program(8, 1000)).stepCycles(Layers.alike(2));
    Expect.that(longer >= few, "ten times the tokens: %d cycles, not %d".formatted(longer, few));
    long more = model.simulate(spec, program(80, 100)).stepCycles(Layers.alike(2));
    Expect.that(more >= few, "ten times the rows: %d cycles, not %d".formatted(more, few));
  }
}
