// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Utilization;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.program.VectorOp;
import neupims.api.run.DeviceModel;
import org.junit.jupiter.api.Test;

/** What every {@link DeviceModel} must do. */
public abstract class DeviceModelContract {
  private static final int WIDTH = 512;
  private static final int HEADS = 4;
  private static final int BYTES = 2;

  /** The model under test. */
  protected abstract DeviceModel model();

  /** A device of the model with all its parameters. */
  protected abstract AcceleratorSpec spec();

  /**
   * Attention in a stage that is not of the block, then a GEMM and two vector operations in one
   * that is; for {@code rows} requests of {@code tokens} tokens each.
   */
  protected static Program program(int rows, int tokens) {
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

  /** Stages are reported as the program has them, and the block is those that are of it. */
  @Test
  public void stagesAreThoseOfTheProgram() {
    Program program = program(8, 100);
    DeviceReport report = model().simulate(spec(), program);
    assertEquals(2, report.stages().size());
    for (int s = 0; s < 2; s++) {
      StageReport stage = report.stages().get(s);
      assertEquals(program.stages().get(s).name(), stage.name());
      assertEquals(program.stages().get(s).repeat(), stage.repeat());
      assertEquals(program.stages().get(s).inBlock(), stage.inBlock());
      assertTrue(stage.cycles() > 0, stage.name());
    }
    assertEquals(report.stages().get(1).cycles(), report.blockCycles());
    assertEquals(report.blockCycles(), report.stalls().npu().total());
    report.stalls().bus().forEach(bus -> assertEquals(report.blockCycles(), bus.total()));
    assertEquals(Command.values().length, report.commands().size());
  }

  /** Every task is reported, within its stage and after those that it waits for. */
  @Test
  public void tasksWaitForThoseBeforeThem() {
    Program program = program(8, 100);
    DeviceReport report = model().simulate(spec(), program);
    Map<String, TaskReport> tasks = new HashMap<>();
    report.tasks().forEach(task -> tasks.put(task.name(), task));
    assertEquals(4, tasks.size());
    long barrier = report.stages().get(0).cycles();
    assertTrue(tasks.get("attention").finishCycle() <= barrier);
    assertTrue(tasks.get("gemm").startCycle() >= barrier);
    assertTrue(tasks.get("sum").startCycle() >= tasks.get("gemm").finishCycle());
    assertTrue(tasks.get("norm").startCycle() >= tasks.get("sum").finishCycle());
  }

  /** Shares are between 0 and 1: nothing is faster than peak and bandwidth allow. */
  @Test
  public void nothingIsFasterThanThePeak() {
    for (int rows : new int[] {1, 64, 4096}) {
      Utilization use = model().simulate(spec(), program(rows, 100)).utilization();
      for (double share : new double[] {use.npu(), use.pim(), use.bandwidth()}) {
        assertTrue(share >= 0 && share <= 1, use.toString());
      }
    }
  }

  /** More tokens to attend to, or more rows, are never done sooner. */
  @Test
  public void moreWorkTakesNoLessTime() {
    long few = model().simulate(spec(), program(8, 100)).stepCycles(2);
    assertTrue(model().simulate(spec(), program(8, 1000)).stepCycles(2) >= few);
    assertTrue(model().simulate(spec(), program(80, 100)).stepCycles(2) >= few);
  }

  /** The same program takes the same time. */
  @Test
  public void aReportIsRepeatable() {
    DeviceReport first = model().simulate(spec(), program(8, 100)).withWallSeconds(0);
    assertEquals(first, model().simulate(spec(), program(8, 100)).withWallSeconds(0));
  }
}
