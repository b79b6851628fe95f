// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import neupims.api.run.PluginKind;
import neupims.api.run.PrefillSpec;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/** What a router sees when it is asked, and what comes of its answers. */
class RouterCallsTest {
  private static final long DECODE = FakeDevice.CYCLES_PER_REQUEST * SampleVariants.MODEL.layers();

  private final ServedRuns runs = new ServedRuns();
  private final FakePlugins plugins = runs.plugins;

  @Test
  void theRouterSeesWhatIsThereAtTheArrivalAndNotWhatComes() {
    List<RouterState> seen = new ArrayList<>();
    Router first =
        (state, request) -> {
          seen.add(state);
          return 0;
        };
    plugins.put(PluginKind.ROUTER, first);
    // The first decode is under way at 1 and at DECODE - 1; it ends at DECODE, before the arrival.
    RequestSource source =
        Requests.of(
            new Request(0, 0, 7, 2),
            new Request(1, 1, 7, 2),
            new Request(2, DECODE - 1, 7, 2),
            new Request(3, DECODE, 7, 2));
    runs.serve(source, 2, PrefillSpec.NONE, WindowSpec.ALL);
    ReplicaState idle = new ReplicaState(0, 0, 0, 0);
    assertTrue(seen.stream().allMatch(state -> state.replicas().get(1).equals(idle)));
    assertEquals(
        List.of("0 0 0", "0 1 2", "1 1 4", "2 1 5"),
        seen.stream().map(state -> text(state.replicas().get(0))).toList());
    assertEquals(
        List.of(0L, 1L, DECODE - 1, DECODE), seen.stream().map(RouterState::nowNanos).toList());
    assertEquals(List.of(0L, 1L, 2L, 3L), seen.stream().map(RouterState::routedBefore).toList());
  }

  private static String text(ReplicaState state) {
    return state.waiting() + " " + state.running() + " " + state.outstandingTokens();
  }

  @Test
  void aReplicaThatHasServedAllOwesNothing() {
    for (PrefillSpec.Mode mode : PrefillSpec.Mode.values()) {
      List<Request> requests = new ArrayList<>();
      for (int id = 0; id < 60; id++) {
        // The KV cache is too small for all, so some are put back.
        requests.add(new Request(id, 0, 10, 60));
      }
      requests.add(new Request(60, 1_000_000_000, 1, 1));
      List<ReplicaState> last = new ArrayList<>();
      Router turns =
          (state, request) -> {
            last.clear();
            last.addAll(state.replicas());
            return (int) (state.routedBefore() % 2);
          };
      plugins.put(PluginKind.ROUTER, turns);
      RequestSource source = Requests.of(requests.toArray(Request[]::new));
      VariantResult result = runs.serve(source, 2, ServedRuns.prefill(mode), WindowSpec.ALL);
      assertEquals(61, result.requestsCompleted(), mode.name());
      ReplicaState idle = new ReplicaState(0, 0, 0, 0);
      assertEquals(List.of(idle, idle), last, mode.name());
    }
  }

  @Test
  void moreThanAllLookAheadWaitUnreadAndAreServedAllTheSame() {
    List<Integer> most = new ArrayList<>();
    Router first =
        (state, request) -> {
          most.add(state.replicas().stream().mapToInt(ReplicaState::waiting).sum());
          return 0;
        };
    plugins.put(PluginKind.ROUTER, first);
    VariantResult result =
        runs.serve(Requests.poisson(1e12, 6_000), 2, PrefillSpec.NONE, WindowSpec.ALL);
    assertNull(result.failure());
    assertEquals(6_000, result.requestsCompleted());
    assertEquals(2 * 1024 - 1, most.stream().mapToInt(i -> i).max().orElseThrow());
  }

  @Test
  void aRouterThatSendsARequestNowhereIsNamed() {
    for (int outside : List.of(-1, 2)) {
      plugins.put(PluginKind.ROUTER, (state, request) -> request.id() < 3 ? 0 : outside);
      VariantResult result =
          runs.serve(Requests.poisson(1_000, 10), 2, PrefillSpec.NONE, WindowSpec.ALL);
      assertEquals("failed", result.stopped());
      String words = "it sent request 3 to replica %d; there are 0 to 1".formatted(outside);
      assertTrue(result.failure().startsWith("router round-robin (test 1.0.0), at iteration "));
      assertTrue(result.failure().endsWith(": broke its contract: " + words), result.failure());
      assertEquals(3, result.requestsCompleted());
    }
  }

  @Test
  void oneReplicaAsksNoRouter() {
    plugins.put(
        PluginKind.ROUTER,
        (state, request) -> {
          throw new AssertionError("nothing to choose");
        });
    VariantResult result =
        runs.serve(Requests.poisson(100_000, 100), 1, PrefillSpec.NONE, WindowSpec.ALL);
    assertEquals(100, result.requestsCompleted());
    assertTrue(result.plugins().stream().noneMatch(plugin -> plugin.kind().equals("router")));
  }
}
