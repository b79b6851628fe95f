// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.Experiment;
import neupims.api.run.LiveSpec;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.run.PrefillSpec.Mode;
import neupims.api.run.PrefillUse;
import neupims.api.run.ReplicaSpec;
import neupims.api.run.RunObserver;
import neupims.api.run.ServingSpec;
import neupims.api.run.SloSpec;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/** What prefill groups send is written where it is decoded: once, when its request joins. */
class ReceivedCachesTest {
  private final FakePlugins plugins = new FakePlugins();

  private final ProgramCompiler compiler =
      plugins.select(PluginKind.COMPILER, "compiler").service();

  /** Of each request: what was written for it, and with which sequence length it was decoded. */
  private final Map<Long, List<Integer>> written = new HashMap<>();

  private final Map<Long, List<Integer>> decoded = new HashMap<>();

  /** Notes what it is handed. */
  private final class Noting implements ProgramCompiler {
    @Override
    public List<String> missing(DeviceCapabilities device) {
      return compiler.missing(device);
    }

    @Override
    public Program compile(CompileInput input) {
      Map<Long, Resident> here = new HashMap<>();
      input
          .subBatches()
          .forEach(
              batch ->
                  batch.forEach(
                      resident -> {
                        here.put(resident.request(), resident);
                        of(decoded, resident.request()).add(resident.sequenceTokens());
                      }));
      for (PrefillChunk chunk : input.received()) {
        Resident resident = here.get(chunk.request());
        assertEquals(resident.channel(), chunk.channel());
        assertEquals(0, chunk.contextTokens());
        assertEquals(resident.sequenceTokens() - 1, chunk.tokens(), "all but the token at hand");
        of(written, chunk.request()).add(resident.sequenceTokens());
      }
      return compiler.compile(input);
    }
  }

  private static List<Integer> of(Map<Long, List<Integer>> map, long request) {
    return map.computeIfAbsent(request, id -> new ArrayList<>());
  }

  @Test
  void everyCacheIsWrittenOnceInTheIterationInWhichItsRequestJoins() {
    for (int depth : new int[] {1, 2}) {
      List<Request> requests = new ArrayList<>();
      for (int id = 0; id < 50; id++) {
        requests.add(new Request(id, 40L * id, 1 + id % 13, 1 + id % 7));
      }
      serve(requests, depth, Mode.SEPARATE, 16);
      for (Request request : requests) {
        List<Integer> expected =
            request.outputTokens() == 1 ? List.of() : List.of(request.promptTokens() + 1);
        assertEquals(expected, of(written, request.id()), "depth " + depth);
      }
    }
  }

  @Test
  void aCacheThatIsMadeAgainIsWrittenAgainAndBytesAreThoseOfTheLinks() {
    List<Request> requests = new ArrayList<>();
    for (int id = 0; id < 120; id++) {
      requests.add(new Request(id, 0, 10, 60));
    }
    VariantResult result = serve(requests, 1, Mode.SEPARATE, 60);
    long again = result.serving().orElseThrow().kv().recomputed();
    assertTrue(again > 0);
    long times = written.values().stream().mapToLong(List::size).sum();
    // Some are put back before they are decoded for the first time.
    assertTrue(times <= 120 + again && times > 120, times + " of " + again);
    PrefillUse use = result.serving().orElseThrow().prefill().orElseThrow();
    long caches = use.links().stream().mapToLong(PrefillUse.Link::caches).sum();
    assertEquals(120 + again, caches);
    written.forEach((id, lengths) -> lengths.forEach(l -> assertTrue(of(decoded, id).contains(l))));
  }

  @Test
  void whoWorksOnPromptsItselfReceivesNothing() {
    for (Mode mode : List.of(Mode.NONE, Mode.MIXED)) {
      serve(List.of(new Request(0, 0, 7, 5)), 1, mode, 16);
      assertTrue(written.isEmpty());
    }
  }

  private VariantResult serve(List<Request> requests, int depth, Mode mode, int batch) {
    written.clear();
    decoded.clear();
    plugins.put(PluginKind.REQUEST_SOURCE, Requests.of(requests.toArray(Request[]::new)));
    plugins.put(PluginKind.COMPILER, new Noting());
    Variant sample = SampleVariants.variant("a");
    PrefillSpec prefill = new PrefillSpec(mode, 4, true, PrefillSpec.Routing.PREFILLED, 1e12, 0);
    ServingSpec serving =
        new ServingSpec(
            batch,
            0,
            prefill,
            SampleVariants.SERVING.kv(),
            new SloSpec(0, 0, 0),
            new ReplicaSpec(2, "round-robin", Parameters.NONE));
    Variant variant =
        new Variant(
            "a",
            1,
            new ModelShard(SampleVariants.MODEL, new Parallelism(1, depth)),
            sample.system(),
            SampleVariants.workload(1_000_000),
            serving,
            MeasureSpec.serving(WindowSpec.ALL),
            sample.fidelity(),
            LiveSpec.NONE,
            "{}");
    LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());
    VariantResult result =
        simulation
            .run(new Experiment("test", 1, List.of(variant), "{}"), RunObserver.NONE)
            .variants()
            .get(0);
    assertNull(result.failure());
    return result;
  }
}
