// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.hw.CommandSink;
import neupims.api.hw.DeviceOptions;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.StageReport;
import neupims.api.metric.TaskReport;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.run.Device;
import neupims.api.unit.Clock;
import neupims.api.unit.Parameters;

/**
 * Puts programs together whose plans are written by hand, and runs them on a {@link StreamMemory}.
 * Tensor 0 is what everything reads, tensor 1 what everything writes, a gigabyte each.
 */
final class Bench {
  static final long GIGA = 1L << 30;

  /** Of a request's attention: 8 heads of 128 values. */
  static final long QUERY_BYTES = 8 * 128 * 2;

  static final long HERTZ = 1_000_000_000L;

  private final Map<Kernel, NpuPlan> plans = new HashMap<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<Integer> partialSums = new ArrayList<>();
  private final List<Long> exchanges = new ArrayList<>();
  private DeviceOptions options = new DeviceOptions(false, 0);
  private MemoryModel memory = new StreamMemory(false, true);
  private long npuHertz = HERTZ;
  private int kernels;

  /** A tile that loads stripes, works a step on a unit and stores stripes. */
  static NpuTile tile(
      NpuTile.Unit unit, int loadStripes, long fill, long interval, long latency, int stores) {
    NpuTile tile = new NpuTile();
    int load = loadStripes == 0 ? -1 : tile.load(0, 0, loadStripes * StreamMemory.STRIPE);
    int step = tile.step(unit, load, -1, -1, 0, fill, interval, latency);
    if (stores > 0) {
      tile.store(step, 0, stores * StreamMemory.STRIPE);
    }
    return tile;
  }

  static NpuPlan plan(NpuTile... tiles) {
    return new NpuPlan(List.of(tiles), 0, NpuPlan.Issue.PHYSICAL);
  }

  Bench on(MemoryModel model) {
    memory = model;
    return this;
  }

  Bench npuHertz(long hertz) {
    npuHertz = hertz;
    return this;
  }

  Bench options(boolean runningAddresses, int attentionOutputOverTokens) {
    options = new DeviceOptions(runningAddresses, attentionOutputOverTokens);
    return this;
  }

  /** Appends an NPU task with the given plan to the stage. */
  Bench npu(String name, NpuPlan plan, Integer... after) {
    Kernel kernel = new Kernel.Gemm(1, 1, ++kernels);
    plans.put(kernel, plan);
    tasks.add(new Task(name, kernel, List.of(after), List.of(0, 0), 1));
    return this;
  }

  /** Appends a logit task whose softmax takes the vector units the given time for a resident. */
  Bench logit(String name, List<Resident> residents, long softmax, int storeBytes) {
    return logit(name, residents, softmax, storeBytes, 0);
  }

  /** The same with stores that leave last, so many a cycle. */
  Bench logit(
      String name, List<Resident> residents, long softmax, int storeBytes, int lastPerCycle) {
    Kernel kernel = new Kernel.PimLogitSoftmax(residents, 8, 128);
    List<NpuTile> tiles = new ArrayList<>();
    for (int r = 0; r < residents.size(); r++) {
      NpuTile tile = new NpuTile();
      int step = tile.step(NpuTile.Unit.VECTOR, -1, -1, -1, 0, 0, softmax, softmax);
      if (storeBytes > 0) {
        tile.store(step, 0, storeBytes);
      }
      tiles.add(tile);
    }
    plans.put(kernel, new NpuPlan(tiles, 0, new NpuPlan.Issue(0, false, lastPerCycle)));
    tasks.add(new Task(name, kernel, List.of(), List.of(0), -1));
    return this;
  }

  Bench attend(String name, List<Resident> residents, Integer... after) {
    Kernel kernel = new Kernel.PimAttend(residents, 8, 128);
    tasks.add(new Task(name, kernel, List.of(after), List.of(), 1));
    return this;
  }

  /** Appends a task that copies K and V of prompts, 8 heads of 128 values, to their channels. */
  Bench append(String name, List<PrefillChunk> chunks) {
    List<Integer> firstRows = new ArrayList<>();
    int rows = 0;
    for (PrefillChunk chunk : chunks) {
      firstRows.add(rows);
      rows += chunk.tokens();
    }
    Kernel kernel = new Kernel.KvAppend(chunks, firstRows, rows, AttentionShape.multiHead(8, 128));
    tasks.add(new Task(name, kernel, List.of(), List.of(0), -1));
    return this;
  }

  /** Appends a task that writes K and V, 8 heads of 128 values, which came over a link. */
  Bench receive(String name, PrefillChunk... chunks) {
    Kernel kernel = Kernel.KvAppend.received(List.of(chunks), AttentionShape.multiHead(8, 128));
    tasks.add(new Task(name, kernel, List.of(), List.of(), -1));
    return this;
  }

  /** The task added last makes a partial sum, which is exchanged in so many cycles. */
  Bench exchanged(long cycles) {
    partialSums.add(tasks.size() - 1);
    exchanges.add(cycles);
    return this;
  }

  /** Appends tasks of an earlier stage once more, with what they wait for among each other. */
  Bench again(String stage, String... names) {
    Stage earlier = stages.stream().filter(s -> s.name().equals(stage)).findFirst().orElseThrow();
    Map<Integer, Integer> places = new HashMap<>();
    for (int t = 0; t < earlier.tasks().size(); t++) {
      Task task = earlier.tasks().get(t);
      if (List.of(names).contains(task.name())) {
        places.put(t, tasks.size());
        List<Integer> after =
            task.after().stream().filter(places::containsKey).map(places::get).toList();
        tasks.add(new Task(task.name(), task.kernel(), after, task.inputs(), task.output()));
        int sum = earlier.partialSums().indexOf(t);
        if (sum >= 0) {
          exchanged(earlier.exchangeCycles().get(sum));
        }
      }
    }
    return this;
  }

  /** Ends the stage. */
  Bench stage(String name) {
    return stage(name, Stage.Repeat.EVERY_LAYER, true);
  }

  /** Ends a stage that runs once in a step and is not in the block. */
  Bench stageOnce(String name) {
    return stage(name, Stage.Repeat.ONCE, false);
  }

  Bench stage(String name, Stage.Repeat repeat, boolean inBlock) {
    Stage alone = new Stage(name, repeat, inBlock, tasks, partialSums);
    stages.add(alone.withExchanges(exchanges));
    tasks.clear();
    partialSums.clear();
    exchanges.clear();
    return this;
  }

  DeviceReport run() {
    if (!tasks.isEmpty()) {
      stage("A");
    }
    NpuModel npu = (spec, kernel) -> plans.get(kernel);
    NpuSpec spec =
        new NpuSpec(
            "hand",
            "hand",
            new Clock(npuHertz),
            8,
            128,
            128,
            8,
            128,
            GIGA,
            GIGA,
            Optional.empty(),
            Parameters.NONE);
    var tensors =
        List.of(
            new Tensor("in", GIGA, Tensor.Kind.ACTIVATION),
            new Tensor("out", GIGA, Tensor.Kind.ACTIVATION));
    Device device = new Device(spec, npu, StreamMemory.spec(HERTZ), memory, options);
    return new DeviceEngine().simulate(device, new Program(tensors, stages), CommandSink.NONE);
  }

  static StageReport stage(DeviceReport report, String name) {
    return report.stages().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  static TaskReport task(DeviceReport report, String name) {
    return report.tasks().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
