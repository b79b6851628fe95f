// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.Command;
import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Traffic;
import neupims.api.metric.UnitCycles;
import neupims.api.metric.Utilization;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.run.DeviceModel;
import neupims.conformance.Broken;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.Test;

/** Devices and interconnects that break one property each. */
final class BrokenDevicesTest {
  /** What is wrong. */
  private enum Fault {
    NONE,
    BLOCK,
    ORDER,
    OVER_PEAK,
    BACKWARDS,
    COUNTING
  }

  /** A cycle for every row, and one for every token attended to, one task after the other. */
  private record Slow(Fault fault, AtomicInteger calls) implements DeviceModel {
    @Override
    public DeviceReport simulate(AcceleratorSpec spec, Program program) {
      List<StageReport> stages = new ArrayList<>();
      List<TaskReport> tasks = new ArrayList<>();
      long now = fault == Fault.COUNTING ? calls.getAndIncrement() : 0;
      long block = 0;
      for (Stage stage : program.stages()) {
        long start = stages.isEmpty() ? 0 : now;
        for (Task task : stage.tasks()) {
          long end = now + cycles(task.kernel());
          tasks.add(new TaskReport(stage.name(), task.name(), now, end));
          now = fault == Fault.ORDER && task.name().equals("sum") ? now : end;
        }
        stages.add(
            new StageReport(
                stage.name(), stage.repeat(), stage.inBlock(), now - start, Optional.empty()));
        block += stage.inBlock() ? now - start : 0;
      }
      Map<Command, Long> commands = new EnumMap<>(Command.class);
      for (Command command : Command.values()) {
        commands.put(command, 0L);
      }
      UnitCycles busy = new UnitCycles(block, 0, 0, 0, 0, 0);
      return new DeviceReport(
          fault == Fault.BLOCK ? block + 1 : block,
          stages,
          tasks,
          new Utilization(fault == Fault.OVER_PEAK ? 1.5 : 0.5, 0, 0.5),
          new Stalls(busy, List.of(), List.of()),
          new Traffic(1, 1),
          commands,
          0.5);
    }

    private long cycles(Kernel kernel) {
      long work = 1;
      if (kernel instanceof Kernel.NpuAttention attention) {
        work = (long) attention.residents().size() * attention.residents().get(0).sequenceTokens();
      } else if (kernel instanceof Kernel.Gemm gemm) {
        work = gemm.rows();
      }
      return fault == Fault.BACKWARDS ? 1 + 1_000_000 / work : work;
    }
  }

  private static DeviceModel with(Fault fault) {
    return new Slow(fault, new AtomicInteger());
  }

  @Test
  void everyPropertyOfDevicesCanFail() {
    Broken.assertHold(Contracts.device(List.of()), () -> with(Fault.NONE));
    new Broken<DeviceModel>()
        .add("stages", "cycles of the block", () -> with(Fault.BLOCK))
        .add("causality", "begins before", () -> with(Fault.ORDER))
        .add("peak", "rows", () -> with(Fault.OVER_PEAK))
        .add("more work takes no less time", "ten times", () -> with(Fault.BACKWARDS))
        .add("determinism", "report of the same program", () -> with(Fault.COUNTING))
        .assertEachIsFound(() -> Contracts.device(List.of()));
  }

  /** Seconds of a message among so many devices. */
  private interface Seconds {
    double of(int devices, long bytes);
  }

  private record Links(Seconds seconds) implements Interconnect {
    @Override
    public double allReduceSeconds(InterconnectSpec spec, int devices, long bytes) {
      return seconds.of(devices, bytes);
    }

    @Override
    public double sendSeconds(InterconnectSpec spec, long bytes) {
      return seconds.of(2, bytes);
    }
  }

  @Test
  void everyPropertyOfInterconnectsCanFail() {
    AtomicInteger calls = new AtomicInteger();
    Broken.assertHold(
        Contracts.interconnect(), () -> new Links((devices, bytes) -> (devices - 1.0) * bytes));
    new Broken<Interconnect>()
        .add("one device", "for one device", () -> new Links((devices, bytes) -> bytes))
        .add("valid times", "NaN", () -> new Links((devices, bytes) -> Double.NaN))
        .add("determinism", "asked again", () -> new Links((d, b) -> calls.getAndIncrement()))
        .add("more bytes are not faster", "are faster", () -> new Links((d, b) -> 1.0 / b))
        .assertEachIsFound(Contracts::interconnect);
  }
}
