// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import javax.inject.Inject;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.Device;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Stage E of the interleaving compiler is what stage C begins with. On the command-level memory it
 * takes what E takes in C's place, to the cycle, the command and the joule.
 */
@ExtendWith(InContainer.class)
public class LeadingStageIT {
  @Inject private Catalog catalog;
  @Inject private Plugins plugins;
  @Inject private DeviceSimulator simulator;
  @Inject private Simulation simulation;

  @Test
  public void stageETakesWhatItTakesInThePlaceOfC() {
    for (String reference : List.of("false", "true")) {
      Variant variant = variant("reference", reference);
      Device device = device(variant);
      for (int requests : new int[] {20, 96, 256}) {
        Program program = program(variant, device, batch(requests, requests, 250, 32));
        DeviceReport toE = run(device, first(program, 5));
        StageReport part = toE.stages().get(4);
        assertEquals(Optional.of("C"), part.partOf());
        DeviceReport toD = run(device, first(program, 4));
        DeviceReport toB = run(device, first(program, 2));
        DeviceReport inPlace = run(device, withLeadingC(program));
        StageReport alone = inPlace.stages().get(2);
        assertEquals(Optional.empty(), alone.partOf());
        assertEquals(alone.cycles(), part.cycles());
        assertEquals(alone.energy(), part.energy());
        assertTrue(part.energy().isPresent());
        assertEquals(difference(inPlace, toB), difference(toE, toD));
        assertEquals(toD.stages(), toE.stages().subList(0, 4));
      }
    }
  }

  @Test
  public void aPimThatWorksLongerThanTheNpuIsSimulatedAgain() {
    Variant variant = variant("reference", "false");
    Device device = device(variant);
    // Long requests in few channels.
    Program program = program(variant, device, batch(1, 16, 2000, 2));
    DeviceReport report = run(device, program);
    report.stages().forEach(stage -> assertEquals(Optional.empty(), stage.partOf()));
  }

  /**
   * The checker hears nothing of E but its last task, and its time ends where the memory's does.
   */
  @Test
  public void theTimingCheckChangesNothing() {
    List<BatchEntry> entries = new ArrayList<>();
    for (Resident r : batch(7, 40, 300, 32)) {
      entries.add(new BatchEntry(r.sequenceTokens(), r.channel()));
    }
    DeviceReport checked = simulation.step(variant("checkTiming", "true"), entries).device();
    DeviceReport plain = simulation.step(variant("checkTiming", "false"), entries).device();
    assertEquals(Optional.of("C"), checked.stages().get(4).partOf());
    assertEquals(plain.stages(), checked.stages());
    assertEquals(plain.commands(), checked.commands());
    assertEquals(plain.tasks(), checked.tasks());
  }

  /** A, B, then of C only what E is. */
  private static Program withLeadingC(Program program) {
    List<Stage> stages = program.stages();
    List<String> names = stages.get(4).tasks().stream().map(Task::name).toList();
    List<Task> leading = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<Integer> sums = new ArrayList<>();
    for (int t = 0; t < stages.get(2).tasks().size(); t++) {
      Task task = stages.get(2).tasks().get(t);
      if (names.contains(task.name())) {
        if (stages.get(2).partialSums().contains(t)) {
          sums.add(places.size());
        }
        places.add(t);
        List<Integer> after = task.after().stream().map(places::indexOf).toList();
        leading.add(new Task(task.name(), task.kernel(), after, task.inputs(), task.output()));
      }
    }
    assertEquals(names, leading.stream().map(Task::name).toList());
    Stage alone = new Stage("E", Stage.Repeat.ONCE, false, leading, sums);
    return new Program(program.tensors(), List.of(stages.get(0), stages.get(1), alone));
  }

  private static Program first(Program program, int stages) {
    return new Program(program.tensors(), program.stages().subList(0, stages));
  }

  private static Map<Command, Long> difference(DeviceReport more, DeviceReport less) {
    Map<Command, Long> difference = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      difference.put(command, more.commands().get(command) - less.commands().get(command));
    }
    return difference;
  }

  private DeviceReport run(Device device, Program program) {
    return simulator.simulate(device, program, CommandSink.NONE);
  }

  private static List<Resident> batch(int seed, int requests, int tokens, int channels) {
    Random random = new Random(seed);
    List<Resident> batch = new ArrayList<>();
    for (int r = 0; r < requests; r++) {
      batch.add(new Resident(r, r % channels, tokens / 2 + random.nextInt(tokens)));
    }
    return batch;
  }

  private Program program(Variant variant, Device device, List<Resident> batch) {
    Map<Boolean, List<Resident>> halves =
        batch.stream().collect(Collectors.partitioningBy(r -> r.request() < batch.size() / 2));
    ProgramCompiler compiler =
        plugins.select(PluginKind.COMPILER, variant.system().compiler()).service();
    List<List<Resident>> subBatches = List.of(halves.get(true), halves.get(false));
    return compiler.compile(new CompileInput(variant.shard(), subBatches, device.capabilities()));
  }

  private Variant variant(String key, String value) {
    return catalog.variant(
        List.of(
            new Setting("system", "neupims", "test"),
            new Setting("model", "gpt3-7b", "test"),
            new Setting("tp", "4", "test"),
            new Setting(key, value, "test")));
  }

  private Device device(Variant variant) {
    SystemSpec spec = variant.system();
    return new Device(
        spec.npu(),
        plugins.select(PluginKind.NPU_MODEL, spec.npu().model()).service(),
        spec.memory(),
        plugins.select(PluginKind.MEMORY_MODEL, spec.memory().model()).service(),
        spec.device());
  }
}
