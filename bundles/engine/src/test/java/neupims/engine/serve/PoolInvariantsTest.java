// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static neupims.engine.serve.PoolRuns.DECODE;
import static neupims.engine.serve.PoolRuns.MOVE_TOKEN;
import static neupims.engine.serve.PoolRuns.PROMPT_TOKEN;
import static neupims.engine.serve.PoolRuns.shared;
import static neupims.engine.serve.PoolRuns.use;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import neupims.api.run.PrefillSpec;
import neupims.api.run.PrefillSpec.Mode;
import neupims.api.run.PrefillSpec.Routing;
import neupims.api.run.PrefillUse;
import neupims.api.run.RequestLine;
import neupims.api.run.ServingResult;
import neupims.api.run.VariantResult;
import neupims.api.run.WindowSpec;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import org.junit.jupiter.api.Test;

/** What holds of every run with prefill groups, whatever comes. */
class PoolInvariantsTest {
  private final PoolRuns runs = new PoolRuns();

  @Test
  void everyRequestIsServedOnceInOrderOfCausesAndTheSumsAddUp() {
    Random random = new Random(1);
    for (int round = 0; round < 60; round++) {
      int replicas = 1 + random.nextInt(4);
      Routing routing = Routing.values()[random.nextInt(2)];
      boolean shared = routing == Routing.PREFILLED || random.nextBoolean();
      int groups = 1 + random.nextInt(4);
      PrefillSpec spec = new PrefillSpec(Mode.SEPARATE, groups, shared, routing, 4e9, 1e-7);
      RequestSource source = Requests.poisson(1e5 * Math.pow(10, 2 * random.nextDouble()), 300);
      VariantResult result = runs.serve(source, replicas, 16, spec, WindowSpec.ALL);
      String where = round + ": " + replicas + " replicas, " + spec;
      assertNull(result.failure(), where);
      assertEquals(
          LongStream.range(0, 300).boxed().toList(),
          runs.lines.stream().map(line -> line.request().id()).sorted().toList());
      long tokens = runs.lines.stream().mapToLong(line -> line.request().outputTokens()).sum();
      assertEquals(tokens, result.tokensGenerated(), where);
      runs.lines.forEach(line -> inOrder(line, spec));
      sums(result, shared ? groups : groups * replicas, where);
    }
  }

  private void inOrder(RequestLine line, PrefillSpec spec) {
    Request request = line.request();
    assertTrue(line.admittedNanos() >= request.arrivalNanos());
    assertEquals(
        line.admittedNanos() + request.promptTokens() * PROMPT_TOKEN, line.firstTokenNanos());
    long move = 100 + Math.round(request.promptTokens() * MOVE_TOKEN / 4.0);
    long least = request.outputTokens() == 1 ? 0 : move + (request.outputTokens() - 1) * DECODE;
    assertTrue(line.lastTokenNanos() >= line.firstTokenNanos() + least);
    boolean routed = spec.routing() == Routing.ARRIVAL || request.outputTokens() > 1;
    assertTrue(line.replica() >= (routed ? 0 : -1));
  }

  /** Work in the pool, and requests in the system by time, are those of the requests. */
  private void sums(VariantResult result, int groups, String where) {
    ServingResult serving = result.serving().orElseThrow();
    PrefillUse use = serving.prefill().orElseThrow();
    double seconds = result.simulatedSeconds();
    long prompts = runs.lines.stream().mapToLong(line -> line.request().promptTokens()).sum();
    assertEquals(300, use.prompts(), where);
    assertEquals(prompts, use.promptTokens(), where);
    assertEquals(groups, use.groups().size(), where);
    assertEquals(
        prompts, use.groups().stream().mapToLong(PrefillUse.Group::promptTokens).sum(), where);
    assertEquals(prompts * PROMPT_TOKEN / 1e9, use.busyFraction() * groups * seconds, 1e-9, where);
    double queued =
        runs.lines.stream().mapToLong(l -> l.admittedNanos() - l.request().arrivalNanos()).sum()
            / 1e9;
    assertEquals(queued, use.meanWaiting() * seconds, 1e-9 * (1 + queued), where);
    assertEquals(queued / 300, use.queue().orElseThrow().mean(), 1e-9, where);
    double there =
        runs.lines.stream().mapToLong(l -> l.lastTokenNanos() - l.request().arrivalNanos()).sum()
            / 1e9;
    assertEquals(there, serving.load().meanInSystem() * seconds, 1e-9 * (1 + there), where);
    long caches = runs.lines.stream().filter(line -> line.request().outputTokens() > 1).count();
    assertEquals(caches, use.links().stream().mapToLong(PrefillUse.Link::caches).sum(), where);
  }

  @Test
  void aDroppedCacheIsMadeAgainInThePoolAndItsRequestKeepsItsReplica() {
    List<Request> requests = new ArrayList<>();
    for (int id = 0; id < 120; id++) {
      requests.add(new Request(id, 0, 10, 60));
    }
    RequestSource source = Requests.of(requests.toArray(Request[]::new));
    for (Routing routing : Routing.values()) {
      // Tokens are slow next to prompts and links, so that caches fill.
      PrefillSpec fast = new PrefillSpec(Mode.SEPARATE, 8, true, routing, 1e12, 0);
      VariantResult result = runs.serve(source, 2, 60, fast, WindowSpec.ALL);
      assertNull(result.failure());
      long again = result.serving().orElseThrow().kv().recomputed();
      assertTrue(again > 0);
      PrefillUse use = use(result);
      assertEquals(120 + again, use.prompts());
      assertEquals(120 + again, use.links().stream().mapToLong(PrefillUse.Link::caches).sum());
      assertTrue(use.promptTokens() > 120 * 10 + again * 10, "outputs are worked on again");
      assertEquals(120 * 60, result.tokensGenerated());
      assertTrue(runs.lines.stream().allMatch(line -> line.replica() == line.request().id() % 2));
    }
  }

  @Test
  void twiceTheSameIsTheSameAndMoreGroupsNeverMakeTheFirstTokenLater() {
    double before = Double.MAX_VALUE;
    for (int groups = 1; groups <= 8; groups *= 2) {
      RequestSource source = Requests.poisson(4_000_000, 2_000);
      runs.serve(source, 2, 16, shared(groups, Routing.PREFILLED), WindowSpec.ALL);
      List<RequestLine> first = List.copyOf(runs.lines);
      VariantResult again =
          runs.serve(source, 2, 16, shared(groups, Routing.PREFILLED), WindowSpec.ALL);
      assertEquals(first, runs.lines);
      double mean = again.serving().orElseThrow().ttft().orElseThrow().mean();
      assertTrue(mean <= before, groups + " groups");
      before = mean;
    }
  }

  @Test
  void aWindowMeasuresWhatIsInIt() {
    // One group is busy three quarters of the time: 5.5 tokens of 24 ns each.
    double rate = 0.75 / (5.5 * PROMPT_TOKEN / 1e9);
    WindowSpec window = new WindowSpec(2_000, 0, 0, 20_000, 0, 0);
    PrefillSpec spec = new PrefillSpec(Mode.SEPARATE, 1, true, Routing.PREFILLED, 1e12, 0);
    VariantResult result = runs.serve(Requests.poisson(rate, 60_000), 8, 16, spec, window);
    PrefillUse use = use(result);
    assertEquals(0.75, use.busyFraction(), 0.02);
    assertEquals(20_000, use.prompts(), 300);
    ServingResult serving = result.serving().orElseThrow();
    // Little's law in line and in the system.
    double seconds = serving.windowEndSeconds() - serving.windowStartSeconds();
    double line = use.prompts() / seconds * use.queue().orElseThrow().mean();
    assertEquals(line, use.meanWaiting(), 0.02 * line);
    double there = serving.windowRequests() / seconds * serving.request().orElseThrow().mean();
    assertEquals(there, serving.load().meanInSystem(), 0.02 * there);
  }
}
