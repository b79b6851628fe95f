// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Energy;
import neupims.api.metric.StageReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.TaskReport;
import neupims.api.metric.Traffic;
import neupims.api.metric.UnitCycles;
import neupims.api.metric.Utilization;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private final Random random = new Random(1);

  @Test
  void whatIsWrittenIsRead() throws DataFormatException {
    try (Frames writing = new Frames();
        Frames reading = new Frames()) {
      for (int i = 0; i < 200; i++) {
        Entry entry = new Entry(i, i % 3 - 1, random.nextLong(), report(i));
        Numbers numbers = new Numbers();
        EntryCodec.write(entry, numbers);
        byte[] piece = numbers.written();
        byte[] unpacked = reading.unpack(writing.pack(piece), piece.length);
        assertArrayEquals(piece, unpacked);
        assertEquals(entry, EntryCodec.read(new Numbers(unpacked)));
      }
    }
  }

  @Test
  void wholeNumbersOfAnySizeComeBack() {
    Numbers numbers = new Numbers();
    List<Long> values = new ArrayList<>();
    for (int shift = 0; shift < 64; shift++) {
      values.addAll(List.of(1L << shift, (1L << shift) - 1, -(1L << shift)));
    }
    values.addAll(List.of(Long.MAX_VALUE, Long.MIN_VALUE));
    values.forEach(v -> numbers.put((long) v));
    Numbers read = new Numbers(numbers.written());
    values.forEach(v -> assertEquals(v, read.number()));
    assertThrows(IndexOutOfBoundsException.class, read::number);
  }

  @Test
  void aPieceLikeTheOneBeforeTakesFewBytes() {
    try (Frames frames = new Frames()) {
      byte[] piece = new byte[4_000];
      random.nextBytes(piece);
      assertTrue(frames.pack(piece).length >= 4_000);
      byte[] like = piece.clone();
      like[17]++;
      assertTrue(frames.pack(like).length < 200);
    }
  }

  @Test
  void anyChangeOfAProgramChangesItsDigest() {
    List<Program> programs =
        List.of(
            program("t", 5, 7, List.of(), true, "A", DataType.FP16),
            program("u", 5, 7, List.of(), true, "A", DataType.FP16),
            program("t", 6, 7, List.of(), true, "A", DataType.FP16),
            program("t", 5, 8, List.of(), true, "A", DataType.FP16),
            program("t", 5, 7, List.of(0), true, "A", DataType.FP16),
            program("t", 5, 7, List.of(), false, "A", DataType.FP16),
            program("t", 5, 7, List.of(), true, "B", DataType.FP16),
            program("t", 5, 7, List.of(), true, "A", DataType.INT8));
    for (int i = 0; i < programs.size(); i++) {
      for (int j = 0; j < programs.size(); j++) {
        long a = ProgramDigest.of(programs.get(i));
        long b = ProgramDigest.of(programs.get(j));
        if (i == j) {
          assertEquals(a, b);
        } else {
          assertNotEquals(a, b, i + " and " + j);
        }
      }
    }
  }

  private static Program program(
      String tensor,
      int rows,
      int tokens,
      List<Integer> sums,
      boolean inBlock,
      String stage,
      DataType type) {
    AttentionShape shape = new AttentionShape(4, 2, 8, DataType.FP16, type);
    Task gemm =
        new Task(
            "g",
            new Kernel.Gemm(rows, 2, 3, DataType.FP16, DataType.FP16),
            List.of(),
            List.of(0),
            -1);
    Task attention =
        new Task(
            "a",
            new Kernel.PimAttend(List.of(new Resident(1, 2, tokens)), shape),
            List.of(0),
            List.of(),
            0);
    return new Program(
        List.of(new Tensor(tensor, 64, Tensor.Kind.ACTIVATION)),
        List.of(
            new Stage(stage, Stage.Repeat.EVERY_LAYER, inBlock, List.of(gemm, attention), sums)));
  }

  private DeviceReport report(int size) {
    List<StageReport> stages = new ArrayList<>();
    List<TaskReport> tasks = new ArrayList<>();
    for (int i = 0; i < size % 7; i++) {
      Optional<Energy> energy =
          i % 2 == 0 ? Optional.empty() : Optional.of(new Energy(0.1 * i, random.nextDouble(), 0));
      stages.add(
          new StageReport(
              "S" + i,
              Stage.Repeat.values()[i % 3],
              i % 2 == 0,
              random.nextInt(),
              i,
              energy,
              i % 3 == 2 ? Optional.of("S" + (i - 1)) : Optional.empty(),
              random.nextInt(1000)));
      tasks.add(new TaskReport("S" + i, "t\u00e4sk", random.nextInt(1000), random.nextInt(2000)));
    }
    List<UnitCycles> units = new ArrayList<>();
    for (int i = 0; i < size % 33; i++) {
      units.add(unit());
    }
    Map<Command, Long> commands = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      if (random.nextBoolean()) {
        commands.put(command, (long) random.nextInt(1_000_000));
      }
    }
    return new DeviceReport(
        random.nextLong(),
        stages,
        tasks,
        new Utilization(random.nextDouble(), 0, 1),
        new Stalls(unit(), units, size % 2 == 0 ? List.of() : units),
        new Traffic(random.nextLong(), 0),
        commands,
        random.nextInt(),
        random.nextDouble());
  }

  private UnitCycles unit() {
    return new UnitCycles(random.nextInt(1000), 0, random.nextInt(10), 1, 2, random.nextInt());
  }
}
