// SPDX-License-Identifier: Apache-2.0
package neupims.engine.micro;

import java.util.List;
import neupims.api.hw.CommandSink;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySpec;
import neupims.api.metric.DeviceReport;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.GemmResult;
import neupims.api.run.GemvCase;
import neupims.api.run.MemoryAlone;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.MicroResult;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.StreamPattern;
import neupims.api.run.SystemSpec;
import neupims.api.unit.InputException;
import neupims.engine.check.CommandCheck;
import neupims.engine.check.MemoryCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs one component alone, in this process. */
@Component
public final class LocalMicroBenchmarks implements MicroBenchmarks {
  /** FP16, as everywhere in the reference figures [R]. */
  private static final int BYTES_PER_VALUE = 2;

  private final Plugins plugins;
  private final DeviceSimulator simulator;

  /** Called by Declarative Services. */
  @Activate
  public LocalMicroBenchmarks(@Reference Plugins plugins, @Reference DeviceSimulator simulator) {
    this.plugins = plugins;
    this.simulator = simulator;
  }

  @Override
  public MicroResult stream(MemoryAlone memory, StreamPattern pattern, int requests) {
    long limit = pattern.limit(memory.spec().organization());
    if (requests < 1 || requests > limit) {
      throw new InputException(
          "--requests %d: a stream has at least 1%s"
              .formatted(
                  requests, limit == Long.MAX_VALUE ? "" : ", this pattern at most " + limit));
    }
    return new MemoryMicro(memory, model(memory.spec())).stream(pattern, requests);
  }

  @Override
  public MicroResult gemv(MemoryAlone memory, GemvCase work) {
    MemorySpec spec = memory.spec();
    MemoryModel model = model(spec);
    if (!model.capabilities(spec).gemv()) {
      throw new InputException("--memory " + spec.name() + " has no PIM and runs no GEMV");
    }
    try {
      return new MemoryMicro(memory, model).gemv(work);
    } catch (IllegalArgumentException tooLarge) {
      throw new InputException(
          "the GEMV does not fit memory " + spec.name() + ": " + tooLarge.getMessage(), tooLarge);
    }
  }

  @Override
  public GemmResult gemm(SystemSpec system, int rows, int inner, int columns) {
    Device device =
        new Device(
            system.npu(),
            plugins.select(PluginKind.NPU_MODEL, system.npu().model()).service(),
            system.memory(),
            model(system.memory()),
            system.device());
    CommandCheck check = CommandCheck.of(system.checkTiming(), system.memory());
    DeviceReport report = simulate(device, program(rows, inner, columns), check.sink());
    check.end(report.blockCycles());
    long peak = system.npu().peakMacsPerCycle();
    return new GemmResult(
        report.blockCycles(),
        ((long) rows * inner * columns + peak - 1) / peak,
        report.traffic().readBytes(),
        (long) rows * columns * BYTES_PER_VALUE);
  }

  private DeviceReport simulate(Device device, Program program, CommandSink sink) {
    try {
      return simulator.simulate(device, program, sink);
    } catch (IllegalArgumentException tooLarge) {
      throw new InputException(
          "the GEMM does not fit the device: " + tooLarge.getMessage(), tooLarge);
    }
  }

  private MemoryModel model(MemorySpec memory) {
    MemoryModel model = plugins.select(PluginKind.MEMORY_MODEL, memory.model()).service();
    MemoryCheck.require(memory, model);
    return model;
  }

  private static Program program(int rows, int inner, int columns) {
    List<Tensor> tensors =
        List.of(
            tensor("activations", rows, inner, Tensor.Kind.ACTIVATION),
            tensor("weights", inner, columns, Tensor.Kind.WEIGHT),
            tensor("output", rows, columns, Tensor.Kind.ACTIVATION));
    Task task =
        new Task("gemm", new Kernel.Gemm(rows, inner, columns), List.of(), List.of(0, 1), 2);
    return new Program(tensors, List.of(new Stage("A", Stage.Repeat.ONCE, true, List.of(task))));
  }

  private static Tensor tensor(String name, long rows, long columns, Tensor.Kind kind) {
    return new Tensor(name, rows * columns * BYTES_PER_VALUE, kind);
  }
}
