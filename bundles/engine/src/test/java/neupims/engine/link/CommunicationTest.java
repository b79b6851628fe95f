// SPDX-License-Identifier: Apache-2.0
package neupims.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Traffic;
import neupims.api.metric.Utilization;
import neupims.api.model.Layers;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.unit.Clock;
import org.junit.jupiter.api.Test;

/** What of an exchange shows, by hand. A byte takes a nanosecond, which is two cycles. */
class CommunicationTest {
  private static final Kernel NPU = new Kernel.Gemm(1, 1, 1);
  private static final Kernel LOGIT =
      new Kernel.PimLogitSoftmax(List.of(new Resident(0, 0, 1)), 1, 1);

  private final List<Task> tasks = new ArrayList<>();
  private final List<TaskReport> reports = new ArrayList<>();
  private final List<Integer> partialSums = new ArrayList<>();

  private CommunicationTest task(
      String name, Kernel kernel, long start, long end, Integer... after) {
    tasks.add(new Task(name, kernel, List.of(after), List.of(), 0));
    reports.add(new TaskReport("C", name, start, end));
    return this;
  }

  /** The task added last makes a partial sum. */
  private CommunicationTest summed() {
    partialSums.add(tasks.size() - 1);
    return this;
  }

  private DeviceReport charge(int devices, long tensorBytes, long hopBytes) {
    long end = reports.stream().mapToLong(TaskReport::finishCycle).max().orElseThrow();
    long begin = reports.stream().mapToLong(TaskReport::startCycle).min().orElseThrow();
    Stage.Repeat repeat = Stage.Repeat.EVERY_LAYER;
    Program program =
        new Program(
            List.of(new Tensor("sum", tensorBytes, Tensor.Kind.ACTIVATION)),
            List.of(new Stage("C", repeat, true, tasks, partialSums)));
    return communication(devices)
        .charge(program, report(program.stages().get(0), end - begin), hopBytes);
  }

  private DeviceReport report(Stage stage, long cycles) {
    return new DeviceReport(
        cycles,
        List.of(new StageReport(stage.name(), stage.repeat(), true, cycles, Optional.empty())),
        reports,
        new Utilization(0, 0, 0),
        Stalls.NONE,
        new Traffic(0, 0),
        Map.of(),
        0);
  }

  private static Communication communication(int devices) {
    Interconnect nanosecondPerByte =
        new Interconnect() {
          @Override
          public double allReduceSeconds(InterconnectSpec spec, int group, long bytes) {
            return group == 1 ? 0 : bytes * 1e-9;
          }

          @Override
          public double sendSeconds(InterconnectSpec spec, long bytes) {
            return bytes * 1e-9;
          }
        };
    return new Communication(
        nanosecondPerByte, InterconnectSpec.none(), devices, new Clock(2_000_000_000));
  }

  private long delay(long tensorBytes) {
    return charge(4, tensorBytes, 0).stages().get(0).communicationCycles();
  }

  @Test
  void aSimulatedExchangeIsWhatTheStageTakesLonger() {
    task("proj", NPU, 0, 100).summed().task("residual", NPU, 100, 110, 0);
    Stage stage = new Stage("C", Stage.Repeat.EVERY_LAYER, true, tasks, partialSums);
    List<Tensor> sums = List.of(new Tensor("sum", 50, Tensor.Kind.ACTIVATION));
    Program program = new Program(sums, List.of(stage));
    Communication communication = communication(4);
    Program exchanged = communication.exchanged(program).orElseThrow();
    assertEquals(List.of(100L), exchanged.stages().get(0).exchangeCycles());
    assertEquals(stage.tasks(), exchanged.stages().get(0).tasks());
    assertEquals(Optional.empty(), communication(1).exchanged(program));
    DeviceReport alone = report(stage, 110);
    DeviceReport charged = communication.charge(alone, report(stage, 203), 7);
    assertEquals(110, charged.stages().get(0).cycles());
    assertEquals(93, charged.stages().get(0).communicationCycles());
    assertEquals(14, charged.hopCycles());
    assertEquals(110, charged.blockCycles());
  }

  @Test
  void withNothingBesideItAnExchangeShowsInFull() {
    task("proj", NPU, 100, 200).summed().task("residual", NPU, 200, 210, 0);
    assertEquals(2 * 50, delay(50));
  }

  @Test
  void theStageWaitsForAnExchangeAtItsEnd() {
    task("proj", NPU, 0, 200).summed();
    assertEquals(2 * 50, delay(50));
  }

  @Test
  void twoExchangesInARowAddUp() {
    task("proj", NPU, 0, 100).summed().task("fc", NPU, 100, 200, 0).summed();
    task("residual", NPU, 200, 210, 1);
    assertEquals(2 * 2 * 50, delay(50));
  }

  /** The PIM works until 400: of 300 cycles of exchange 210 are hidden. */
  @Test
  void whatThePimHidesDoesNotShow() {
    task("mha", LOGIT, 0, 400).task("proj", NPU, 0, 180).summed().task("next", NPU, 180, 190, 1);
    assertEquals(0, delay(105));
    assertEquals(300 - 210, delay(150));
  }

  /** Another sub-batch's kernels do not wait for the exchange, but for their turn. */
  @Test
  void workOfTheOtherSubBatchOnTheSameUnitHidesAnExchange() {
    task("1.proj", NPU, 0, 100).summed();
    task("2.proj", NPU, 100, 180);
    task("1.residual", NPU, 180, 190, 0);
    assertEquals(0, delay(40));
    assertEquals(20, delay(50));
  }

  /** The second kernel's loads began 30 cycles before the first was done, and do so still. */
  @Test
  void kernelsThatOverlappedKeepTheirOverlap() {
    task("proj", NPU, 0, 100).summed();
    task("norm", NPU, 100, 150, 0);
    task("other", NPU, 120, 200);
    assertEquals(2 * 50, delay(50));
  }

  @Test
  void aDeviceAloneExchangesNothing() {
    task("proj", NPU, 0, 100).summed().task("residual", NPU, 100, 110, 0);
    DeviceReport report = charge(1, 50, 0);
    assertEquals(0, report.stages().get(0).communicationCycles());
    assertEquals(0, report.hopCycles());
  }

  @Test
  void stagesAndBlockStayThoseOfOneDeviceAndTheStepHasTheRest() {
    task("proj", NPU, 0, 100).summed().task("residual", NPU, 100, 110, 0);
    DeviceReport report = charge(4, 50, 7);
    assertEquals(110, report.blockCycles());
    assertEquals(110, report.stages().get(0).cycles());
    assertEquals(14, report.hopCycles());
    assertEquals(3 * (110 + 100), report.stepCycles(Layers.alike(3)));
    assertEquals(3 * 100, report.communicationCycles(Layers.alike(3)));
  }
}
