// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import org.junit.jupiter.api.Test;

final class ReceiveFitTest {
  private static final double[] WITHOUT = {100_000, 1, 2, 3, 4, 5, 6, 7, 8};

  /** A stage that gets longer by what is over of the busiest channel's writes. */
  private static ReceiveFit.Sample sample(double busiest, double idle, double attention) {
    double[] pim = new double[Cost.COUNT];
    pim[Cost.CYCLES] = attention;
    double[] features = ReceiveFit.features(busiest, idle, pim);
    double longer = Math.max(0, busiest - 0.8 * idle - 0.1 * Math.min(busiest, attention));
    double[] with = WITHOUT.clone();
    with[Cost.CYCLES] += longer;
    with[Cost.MEMORY_JOULES] += 3e-8 * busiest + 5e-9 * longer;
    return new ReceiveFit.Sample(features, busiest, WITHOUT, with);
  }

  @Test
  void aLawIsFoundAlsoWhereMuchOfItIsHidden() {
    Random random = new Random(1);
    List<ReceiveFit.Sample> samples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double idle = random.nextBoolean() ? 0 : 60_000 * random.nextDouble();
      samples.add(sample(100_000 * random.nextDouble(), idle, 50_000 * random.nextDouble()));
    }
    assertTrue(samples.stream().filter(s -> s.longer() == 0).count() > 3);
    ReceiveFit fit = ReceiveFit.of(samples);
    assertArrayEquals(new double[] {1, -0.8, -0.1}, fit.cycles(), 1e-9);
    double[] cost = WITHOUT.clone();
    ReceiveFit.Sample other = sample(70_000, 1000, 20_000);
    fit.add(cost, other.features(), 70_000, 1234);
    assertEquals(other.with()[Cost.CYCLES], cost[Cost.CYCLES], 1e-6);
    assertEquals(other.with()[Cost.MEMORY_JOULES], cost[Cost.MEMORY_JOULES], 1e-12);
    assertEquals(WITHOUT[Cost.BUS] + 70_000, cost[Cost.BUS]);
    assertEquals(WITHOUT[Cost.WRITE_BYTES] + 1234, cost[Cost.WRITE_BYTES]);
  }

  @Test
  void whatIsHiddenCostsNoCycles() {
    ReceiveFit fit = new ReceiveFit(new double[] {1, -0.8, 0}, new double[3][2]);
    double[] cost = WITHOUT.clone();
    fit.add(cost, new double[] {10, 100, 0}, 10, 10);
    assertEquals(WITHOUT[Cost.CYCLES], cost[Cost.CYCLES]);
  }

  @Test
  void aStageWithWhatCameOverALinkIsItsWorkAndThat() {
    AttentionShape shape = AttentionShape.multiHead(4, 16);
    List<PrefillChunk> chunks = List.of(new PrefillChunk(1, 3, 0, 7));
    Task gemm = new Task("proj", new Kernel.Gemm(5, 64, 64), List.of(), List.of(), -1);
    Task receive =
        new Task("receive", Kernel.KvAppend.received(chunks, shape), List.of(), List.of(), -1);
    StageWork without = work(gemm).orElseThrow();
    StageWork with = work(receive, gemm).orElseThrow();
    assertEquals(without.chain(), with.chain());
    assertEquals(List.of(0), with.receiveTasks());
    assertEquals(chunks, with.received());
    assertTrue(with.receives());
    assertFalse(without.receives());
    Program program = new Program(List.of(), List.of(with.stage()));
    assertEquals(List.of(gemm), with.withoutReceived(program).stages().get(0).tasks());
    assertEquals(List.of(receive, gemm), with.alone(program).stages().get(0).tasks());
    Kernel own = new Kernel.KvAppend(chunks, List.of(0), 7, shape);
    assertTrue(work(new Task("append", own, List.of(), List.of(), -1)).isEmpty());
  }

  private static Optional<StageWork> work(Task... tasks) {
    return StageWork.of(new Stage("E", Stage.Repeat.ONCE, true, List.of(tasks)), "ABE.");
  }
}
