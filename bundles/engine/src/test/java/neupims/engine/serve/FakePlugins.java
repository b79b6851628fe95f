// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.CommandSink;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.NpuModel;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.Router;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.InputException;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;

/** One plug-in of each kind, named after its kind; a test replaces those that it is about. */
final class FakePlugins implements Plugins {
  private static final Plugin<?> GONE = new Plugin<>(null, null);

  private final Map<PluginKind<?>, Object> anyName = new HashMap<>();
  private final Map<String, Plugin<?>> named = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final Map<String, String> contents = new HashMap<>();
  private List<String> engine = List.of("engine 1.0.0 (0)");

  FakePlugins() {
    NpuModel npu =
        (spec, kernel) -> {
          throw new AssertionError("the device is faked too");
        };
    put(PluginKind.NPU_MODEL, npu);
    put(PluginKind.MEMORY_MODEL, new FakeMemory());
    put(PluginKind.COMPILER, new FakeCompiler());
    BatchScheduler full =
        state -> {
          PlanDraft draft = new PlanDraft(state);
          draft.run(state.running(), false);
          for (WaitingRequest request : state.waiting()) {
            if (draft.preempts() || !draft.admit(request, request.knownTokens(), 0)) {
              break;
            }
          }
          return draft.plan();
        };
    put(PluginKind.SCHEDULER, full);
    KvPlacement dealt =
        (state, newcomers) ->
            LongStream.range(0, newcomers.size())
                .mapToInt(i -> (int) ((state.placedBefore() + i) % state.channels()))
                .toArray();
    put(PluginKind.PLACEMENT, dealt);
    SubBatchPolicy none = state -> List.of(state.batch());
    put(PluginKind.SPLIT, none);
    GemvEstimator tokens = (shape, sequenceTokens) -> sequenceTokens;
    put(PluginKind.ESTIMATOR, tokens);
    put(PluginKind.INTERCONNECT, new FakeInterconnect());
    Router turns = (state, request) -> (int) (state.routedBefore() % state.replicas().size());
    put(PluginKind.ROUTER, turns);
    RequestSource source =
        spec ->
            new RequestStream() {
              private long next;

              @Override
              public boolean hasNext() {
                return spec.requests() == 0 || next < spec.requests();
              }

              @Override
              public Request next() {
                long id = next++;
                return new Request(id, 0, (int) (1 + id % 7), (int) (1 + id % 11));
              }
            };
    put(PluginKind.REQUEST_SOURCE, source);
  }

  /** Under whatever name it is asked for. */
  <T> FakePlugins put(PluginKind<T> kind, T service) {
    anyName.put(kind, service);
    changes.incrementAndGet();
    return this;
  }

  /** Under a name, in a bundle of a version. */
  <T> FakePlugins put(PluginKind<T> kind, String name, String version, T service) {
    named.put(key(kind, name), new Plugin<>(info(kind, name, version), service));
    changes.incrementAndGet();
    return this;
  }

  /** It is gone, and nobody takes its place. */
  FakePlugins remove(PluginKind<?> kind, String name) {
    named.put(key(kind, name), GONE);
    changes.incrementAndGet();
    return this;
  }

  /** What is in the bundle of a plug-in of a name. */
  FakePlugins content(String name, String digest) {
    contents.put(name, digest);
    return this;
  }

  @Override
  public String content(PluginInfo plugin) {
    return contents.getOrDefault(plugin.name(), "");
  }

  /** What simulates. */
  FakePlugins engine(String text) {
    engine = List.of(text);
    return this;
  }

  @Override
  public List<String> engine() {
    return engine;
  }

  @Override
  public List<PluginInfo> list() {
    return new ArrayList<>();
  }

  @Override
  public <T> Plugin<T> select(PluginKind<T> kind, String name) {
    return find(kind, name, Optional.empty())
        .orElseThrow(() -> new InputException("unknown " + kind.word() + " " + name));
  }

  @Override
  @SuppressWarnings("unchecked") // put() puts under a kind what is of that kind
  public <T> Optional<Plugin<T>> find(PluginKind<T> kind, String name, Optional<String> version) {
    Plugin<?> own = named.get(key(kind, name));
    T service = kind.type().cast(anyName.get(kind));
    Plugin<T> found =
        own != null
            ? (Plugin<T>) own
            : service == null ? null : new Plugin<>(info(kind, name, "1.0.0"), service);
    return Optional.ofNullable(found)
        .filter(plugin -> plugin != GONE)
        .filter(plugin -> version.isEmpty() || version.get().equals(plugin.info().version()));
  }

  @Override
  public long changes() {
    return changes.get();
  }

  private static String key(PluginKind<?> kind, String name) {
    return kind.word() + " " + name;
  }

  private static PluginInfo info(PluginKind<?> kind, String name, String version) {
    return new PluginInfo(kind.word(), name, "test", version, "");
  }

  /** A microsecond for a sum, two for a hop, whatever the bytes. */
  private static final class FakeInterconnect implements Interconnect {
    @Override
    public double allReduceSeconds(InterconnectSpec spec, int devices, long bytes) {
      return devices == 1 ? 0 : 1e-6;
    }

    @Override
    public double sendSeconds(InterconnectSpec spec, long bytes) {
      return 2e-6;
    }
  }

  /** A plain memory that is never opened. */
  private static final class FakeMemory implements MemoryModel {
    @Override
    public MemoryCapabilities capabilities(MemorySpec spec) {
      return new MemoryCapabilities(false, false);
    }

    @Override
    public Optional<KvLayout> kvLayout(MemorySpec spec) {
      return Optional.empty();
    }

    @Override
    public MemorySession open(MemorySpec spec, CommandSink sink) {
      return null; // opened to see whether it can be, and not used: the device is faked too
    }
  }

  /** One stage with an attention task over the first sub-batch and one over parts of prompts. */
  private static final class FakeCompiler implements ProgramCompiler {
    @Override
    public List<String> missing(DeviceCapabilities device) {
      return List.of();
    }

    @Override
    public Program compile(CompileInput input) {
      List<Task> tasks = new ArrayList<>();
      if (!input.subBatches().isEmpty()) {
        Kernel kernel = new Kernel.NpuAttention(input.subBatches().get(0), 1, 1);
        tasks.add(new Task("attention", kernel, List.of(), List.of(), -1));
      }
      if (!input.chunks().isEmpty()) {
        AttentionShape shape = AttentionShape.multiHead(1, 1);
        Kernel kernel = new Kernel.PrefillAttention(input.chunks(), 0, 1, false, shape);
        tasks.add(new Task("prefill", kernel, List.of(), List.of(), -1));
      }
      Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, tasks);
      return new Program(List.of(), List.of(stage));
    }
  }
}
