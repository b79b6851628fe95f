// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.compile.CompileInput;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.model.DecoderModel;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import org.junit.jupiter.api.Test;

/** K and V that came over a link, in programs. */
final class ReceivedTest {
  private static final ModelShard SHARD =
      new ModelShard(DecoderModel.gpt("m", 2, 8, 256, 1024, 1000, 2048), new Parallelism(2, 1));
  private static final DeviceCapabilities DEVICE =
      new DeviceCapabilities(true, new MemoryCapabilities(true, true), 32);
  private static final List<Resident> BATCH =
      List.of(new Resident(1, 4, 300), new Resident(2, 5, 50), new Resident(3, 6, 9));
  private static final List<PrefillChunk> RECEIVED =
      List.of(new PrefillChunk(3, 6, 0, 8), new PrefillChunk(1, 4, 0, 299));

  @Test
  void theyAreWrittenBesideTheProjectionWhereTheDecodesAttend() {
    for (AttentionUnit unit : AttentionUnit.values()) {
      CompileInput input =
          new CompileInput(SHARD, List.of(BATCH), List.of(), RECEIVED, DEVICE, 0, 0);
      Program program = new SerialSchedule(unit).lower(input);
      List<Task> tasks = program.stages().get(2).tasks();
      Task receive = tasks.get(0);
      assertEquals("1.attn.receive", receive.name());
      Kernel.KvAppend kernel = (Kernel.KvAppend) receive.kernel();
      assertTrue(kernel.fromLink());
      List<PrefillChunk> expected =
          unit == AttentionUnit.PIM
              ? RECEIVED
              : List.of(
                  new PrefillChunk(3, PrefillChunk.NO_CHANNEL, 0, 8),
                  new PrefillChunk(1, PrefillChunk.NO_CHANNEL, 0, 299));
      assertEquals(expected, kernel.chunks());
      // 4 heads of 32 values of 2 bytes, K and V.
      assertEquals(307 * 2 * 4 * 32 * 2, kernel.cacheBytes());
      assertEquals(List.of(), receive.inputs());
      assertEquals(List.of(), receive.after());
      assertEquals(-1, receive.output());
      assertTrue(
          tasks.stream().noneMatch(task -> task.after().contains(0)), "nothing waits for it");
      assertEquals(1, appends(program));
    }
  }

  @Test
  void eachSubBatchWritesWhatIsForItsRequests() {
    CompileInput input =
        new CompileInput(
            SHARD,
            List.of(BATCH.subList(0, 2), BATCH.subList(2, 3)),
            List.of(),
            RECEIVED,
            DEVICE,
            0,
            0);
    ProgramBuilder program = new ProgramBuilder(input);
    SubBatch one = program.subBatch(BATCH.subList(0, 2));
    SubBatch two = program.subBatch(BATCH.subList(2, 3));
    assertEquals(RECEIVED.subList(1, 2), one.received());
    assertEquals(RECEIVED.subList(0, 1), two.received());
  }

  @Test
  void programsOfWhoReceivesNothingAreTheSame() {
    CompileInput without = new CompileInput(SHARD, List.of(BATCH), DEVICE);
    assertEquals(0, appends(new SerialSchedule(AttentionUnit.PIM).lower(without)));
  }

  private static long appends(Program program) {
    return program.stages().stream()
        .map(Stage::tasks)
        .flatMap(List::stream)
        .filter(task -> task.kernel() instanceof Kernel.KvAppend)
        .count();
  }
}
