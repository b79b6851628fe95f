// SPDX-License-Identifier: Apache-2.0
package neupims.gpu.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import neupims.api.hw.AcceleratorSpec;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Traffic;
import neupims.api.metric.UnitCycles;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.run.DeviceModel;
import neupims.api.unit.Clock;
import neupims.api.unit.Parameters;
import neupims.testkit.DeviceModelContract;
import org.junit.jupiter.api.Test;

/** By hand, on a GPU of 1 GHz, 1,000 multiply-accumulates a cycle and 100 bytes a cycle. */
final class GpuRooflineTest extends DeviceModelContract {
  @Override
  protected DeviceModel model() {
    return new GpuRoofline();
  }

  @Override
  protected AcceleratorSpec spec() {
    return spec(1, 1, 0);
  }

  private static AcceleratorSpec spec(double compute, double bandwidth, double nanos) {
    return new AcceleratorSpec(
        "hand",
        "gpu-roofline",
        new Clock(1_000_000_000),
        1000,
        1L << 30,
        100_000_000_000L,
        new Parameters(
            Map.of("computeShare", compute, "bandwidthShare", bandwidth, "kernelNanos", nanos)));
  }

  private DeviceReport gemm(AcceleratorSpec spec, int rows) {
    List<Tensor> tensors =
        List.of(
            new Tensor("in", 200L * rows, Tensor.Kind.ACTIVATION),
            new Tensor("weight", 2L * 100 * 100, Tensor.Kind.WEIGHT),
            new Tensor("out", 200L * rows, Tensor.Kind.ACTIVATION));
    Task task = new Task("gemm", new Kernel.Gemm(rows, 100, 100), List.of(), List.of(0, 1), 2);
    Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, List.of(task));
    return model().simulate(spec, new Program(tensors, List.of(stage)));
  }

  /** One row: 20,400 bytes take 204 cycles, 10,000 multiply-accumulates 10. */
  @Test
  void aThinGemmTakesAsLongAsItsBytes() {
    DeviceReport report = gemm(spec(), 1);
    assertEquals(204, report.blockCycles());
    assertEquals(10.0 / 204, report.utilization().npu(), 1e-12);
    assertEquals(1, report.utilization().bandwidth(), 1e-12);
    assertEquals(new Traffic(20_200, 200), report.traffic());
    // 90 % of the bandwidth: 226.7 cycles; and 5 ns between kernels.
    assertEquals(227, gemm(spec(1, 0.9, 0), 1).blockCycles());
    assertEquals(232, gemm(spec(1, 0.9, 5), 1).blockCycles());
  }

  /** 30 and 20 tokens of K and V, 4 heads of 16 values of 2 bytes: 12,800 bytes, 128 cycles. */
  @Test
  void whatTheNetworkBringsIsWrittenAndLaunchedByNobody() {
    List<PrefillChunk> chunks =
        List.of(
            new PrefillChunk(1, PrefillChunk.NO_CHANNEL, 0, 30),
            new PrefillChunk(2, PrefillChunk.NO_CHANNEL, 0, 20));
    Kernel kernel = Kernel.KvAppend.received(chunks, AttentionShape.multiHead(4, 16));
    Task task = new Task("receive", kernel, List.of(), List.of(), -1);
    Stage stage = new Stage("E", Stage.Repeat.EVERY_LAYER, true, List.of(task));
    DeviceReport report = model().simulate(spec(1, 1, 5), new Program(List.of(), List.of(stage)));
    assertEquals(128, report.blockCycles());
    assertEquals(new Traffic(0, 12_800), report.traffic());
  }

  /** 100 rows: a million multiply-accumulates take 1,000 cycles, 60,000 bytes 600. */
  @Test
  void aThickGemmTakesAsLongAsItsArithmetic() {
    DeviceReport report = gemm(spec(), 100);
    assertEquals(1000, report.blockCycles());
    assertEquals(1, report.utilization().npu(), 1e-12);
    assertEquals(0.6, report.utilization().bandwidth(), 1e-12);
    assertEquals(1250, gemm(spec(0.8, 1, 0), 100).blockCycles());
  }

  /**
   * Two requests of 300 and 500 tokens, width 200, 2 bytes: K and V are 2 x 800 x 200 x 2 = 640,000
   * bytes, queries and output 800 each.
   */
  @Test
  void attentionReadsTheKvCacheOnce() {
    List<Tensor> tensors =
        List.of(
            new Tensor("queries", 800, Tensor.Kind.ACTIVATION),
            new Tensor("out", 800, Tensor.Kind.ACTIVATION));
    Kernel attention =
        new Kernel.NpuAttention(List.of(new Resident(0, 0, 300), new Resident(1, 0, 500)), 2, 100);
    Task task = new Task("mha", attention, List.of(), List.of(0), 1);
    Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, List.of(task));
    DeviceReport report = model().simulate(spec(), new Program(tensors, List.of(stage)));
    assertEquals(6416, report.blockCycles());
    assertEquals(2.0 * 800 * 200 / (1000 * 6416), report.utilization().npu(), 1e-12);
    assertEquals(new Traffic(640_800, 800), report.traffic());
  }

  /** Four query heads on one KV head in FP8: 800 tokens x 2 x 100 bytes are read once. */
  @Test
  void sharedKvHeadsAreReadOnceForAllTheirQueries() {
    List<Tensor> tensors =
        List.of(
            new Tensor("queries", 800, Tensor.Kind.ACTIVATION),
            new Tensor("out", 800, Tensor.Kind.ACTIVATION));
    AttentionShape shape = new AttentionShape(4, 1, 100, DataType.FP16, DataType.FP8);
    Kernel attention = new Kernel.NpuAttention(List.of(new Resident(0, 0, 800)), shape);
    Task task = new Task("mha", attention, List.of(), List.of(0), 1);
    Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, List.of(task));
    DeviceReport report = model().simulate(spec(), new Program(tensors, List.of(stage)));
    assertEquals(new Traffic(160_800, 800), report.traffic());
    assertEquals(2.0 * 800 * 400 / (1000 * 1616), report.utilization().npu(), 1e-12);
  }

  /**
   * Ten prompt tokens after 20 in the cache, beside six other rows: 10 x 20 + 55 products of a
   * query and a key; 20 tokens x 2 x 200 bytes of cache, 10 of 16 rows of input and output.
   */
  @Test
  void aPromptsTokensAttendToTheirContextAndToEachOther() {
    List<Tensor> tensors =
        List.of(
            new Tensor("queries", 16 * 600, Tensor.Kind.ACTIVATION),
            new Tensor("out", 16 * 200, Tensor.Kind.ACTIVATION));
    Kernel prefill =
        new Kernel.PrefillAttention(
            List.of(new PrefillChunk(0, 0, 20, 10)),
            6,
            16,
            false,
            AttentionShape.multiHead(1, 100));
    Task task = new Task("prefill", prefill, List.of(), List.of(0), 1);
    Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, List.of(task));
    DeviceReport report = model().simulate(spec(), new Program(tensors, List.of(stage)));
    assertEquals(new Traffic(20 * 2 * 200 + 10 * 600, 10 * 200), report.traffic());
    assertEquals(160, report.blockCycles());
    assertEquals(2.0 * 255 * 100 / (1000 * 160), report.utilization().npu(), 1e-12);
  }

  /** Three of eight experts have tokens: their weights are read, 20,000 bytes each. */
  @Test
  void onlyExpertsWithTokensReadTheirWeights() {
    List<Tensor> tensors =
        List.of(
            new Tensor("in", 800, Tensor.Kind.ACTIVATION),
            new Tensor("weights", 8 * 20_000, Tensor.Kind.WEIGHT),
            new Tensor("out", 1200, Tensor.Kind.ACTIVATION));
    List<ExpertRows> rows =
        List.of(new ExpertRows(1, 1), new ExpertRows(4, 3), new ExpertRows(7, 2));
    Kernel kernel = new Kernel.ExpertGemm(rows, 4, 100, 100, DataType.FP16, DataType.FP16);
    Task task = new Task("experts", kernel, List.of(), List.of(0, 1), 2);
    Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, List.of(task));
    DeviceReport report = model().simulate(spec(), new Program(tensors, List.of(stage)));
    assertEquals(new Traffic(60_800, 1200), report.traffic());
    assertEquals(620, report.blockCycles());
    assertEquals(60_000.0 / (1000 * 620), report.utilization().npu(), 1e-12);
  }

  @Test
  void kernelsRunOneAfterTheOther() {
    DeviceReport report = model().simulate(spec(), program(8, 100));
    // Rows of 512 values: 8,192 bytes an activation, 524,288 of weights.
    long attention = (8192 + 8192 + 2 * 8 * 100 * 512 * 2 + 99) / 100;
    long gemm = Math.max(8 * 512 * 512 / 1000 + 1, (8192 + 524288 + 8192 + 99) / 100);
    long sum = (3 * 8192 + 99) / 100;
    long norm = (2 * 8192 + 99) / 100;
    assertEquals(attention, report.stages().get(0).cycles());
    assertEquals(gemm + sum + norm, report.stages().get(1).cycles());
  }

  /**
   * 227 cycles of bytes, of them 10 of arithmetic, and 5 between kernels; all are accounted for.
   */
  @Test
  void everyCycleOfTheBlockHasACause() {
    DeviceReport report = gemm(spec(1, 0.9, 5), 1);
    assertEquals(new UnitCycles(10, 232 - 10 - 5, 0, 0, 0, 5), report.stalls().npu());
    assertEquals(List.of(new UnitCycles(226, 0, 232 - 226 - 5, 0, 0, 5)), report.stalls().bus());
    assertEquals(List.of(), report.stalls().pim());
  }

  @Test
  void pimKernelsAreRefusedByName() {
    Kernel logit = new Kernel.PimLogitSoftmax(List.of(new Resident(0, 0, 1)), 1, 1);
    Task task = new Task("mha", logit, List.of(), List.of(), -1);
    Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, List.of(task));
    Program program = new Program(List.of(), List.of(stage));
    String message =
        assertThrows(IllegalArgumentException.class, () -> model().simulate(spec(), program))
            .getMessage();
    assertTrue(message.contains("task mha") && message.contains("PimLogitSoftmax"), message);
  }
}
