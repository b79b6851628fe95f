// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import neupims.api.hw.CommandSink;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.run.Catalog;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.Setting;
import neupims.api.run.SystemSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** K and V of prompts on their way to the channels of a command-level PIM. */
@ExtendWith(InContainer.class)
public class PromptsIT {
  private static final AttentionShape SHAPE = AttentionShape.multiHead(8, 128);
  private static final int TOKEN_BYTES = 2 * 8 * 128 * 2;

  @Inject private Catalog catalog;
  @Inject private Plugins plugins;
  @Inject private DeviceSimulator simulator;

  /**
   * At best a channel's bus is busy all the time, with what is written and its part of what is
   * read. At worst it also refreshes, and turns round for every batch of writes. Prompts in
   * channels of their own do not wait for each other's writes.
   */
  @Test
  public void aLongPromptIsWrittenAtTheBandwidthOfItsChannel() {
    for (String system : List.of("npu-pim", "neupims")) {
      Device device = device(system);
      MemorySpec memory = device.memory();
      for (int tokens : new int[] {500, 2000}) {
        long cycles = cycles(device, new PrefillChunk(1, 3, 0, tokens));
        double peak = peakCycles(memory, tokens, 1);
        DramTiming t = memory.timing();
        double refreshed = peak * t.refi() / (t.refi() - memory.organization().ranks() * t.rfc());
        assertTrue(cycles > peak, system + ", " + tokens + " tokens: " + cycles + " in " + peak);
        assertTrue(cycles < 1.2 * refreshed, system + ", " + tokens + " tokens: " + cycles);
      }
      List<PrefillChunk> eight = new ArrayList<>();
      for (int c = 0; c < 8; c++) {
        eight.add(new PrefillChunk(c, 4 * c, 0, 1000));
      }
      double peak = peakCycles(memory, 1000, 8);
      assertEquals(1.1 * peak, cycles(device, eight.toArray(PrefillChunk[]::new)), 0.1 * peak);
    }
  }

  /** Of a channel that takes one of so many prompts, and its part of the reads of all. */
  private static double peakCycles(MemorySpec memory, int tokens, double prompts) {
    Organization o = memory.organization();
    double accesses = (double) tokens * TOKEN_BYTES / o.accessBytes();
    return accesses * memory.timing().burst() * (1 + prompts / o.channels());
  }

  private Device device(String system) {
    SystemSpec spec = catalog.variant(List.of(new Setting("system", system, "test"))).system();
    return new Device(
        spec.npu(),
        plugins.select(PluginKind.NPU_MODEL, spec.npu().model()).service(),
        spec.memory(),
        plugins.select(PluginKind.MEMORY_MODEL, spec.memory().model()).service(),
        new DeviceOptions(false, 0));
  }

  private long cycles(Device device, PrefillChunk... chunks) {
    List<Integer> firstRows = new ArrayList<>();
    int rows = 0;
    for (PrefillChunk chunk : chunks) {
      firstRows.add(rows);
      rows += chunk.tokens();
    }
    Kernel kernel = new Kernel.KvAppend(List.of(chunks), firstRows, rows, SHAPE);
    long product = (long) rows * (SHAPE.queryBytes() + TOKEN_BYTES);
    Task task = new Task("append", kernel, List.of(), List.of(0), -1);
    Program program =
        new Program(
            List.of(new Tensor("qkv", product, Tensor.Kind.ACTIVATION)),
            List.of(new Stage("A", Stage.Repeat.ONCE, true, List.of(task))));
    return simulator.simulate(device, program, CommandSink.NONE).blockCycles();
  }
}
