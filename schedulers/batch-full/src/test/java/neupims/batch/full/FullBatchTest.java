// SPDX-License-Identifier: Apache-2.0
package neupims.batch.full;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingState;
import neupims.api.workload.Request;
import neupims.testkit.BatchSchedulerContract;
import org.junit.jupiter.api.Test;

final class FullBatchTest extends BatchSchedulerContract {
  @Override
  protected BatchScheduler scheduler() {
    return new FullBatch();
  }

  @Test
  void thoseWhoWaitLongestFillTheFreePlaces() {
    List<RunningRequest> running = List.of(new RunningRequest(new Request(0, 0, 5, 5), 3, 1));
    IterationPlan plan = scheduler().plan(new ServingState(4, 0, requests(1, 9), running, 3));
    assertEquals(new IterationPlan(List.of(1L, 2L), List.of(0L)), plan);
  }

  @Test
  void everyRequestIsServedToItsEndInOrderAndTheBatchIsFullWhileSomeoneWaits() {
    List<Request> waiting = new ArrayList<>(requests(0, 50));
    List<RunningRequest> running = new ArrayList<>();
    List<Long> admitted = new ArrayList<>();
    long tokens = 0;
    for (long iteration = 0; !waiting.isEmpty() || !running.isEmpty(); iteration++) {
      IterationPlan plan = scheduler().plan(new ServingState(iteration, 0, waiting, running, 7));
      admitted.addAll(plan.admit());
      waiting.stream()
          .filter(r -> plan.admit().contains(r.id()))
          .forEach(r -> running.add(new RunningRequest(r, 0, 0)));
      waiting.removeIf(r -> plan.admit().contains(r.id()));
      assertEquals(running.size(), plan.run().size() + plan.admit().size());
      assertTrue(running.size() == 7 || waiting.isEmpty());
      tokens += running.size();
      running.replaceAll(r -> new RunningRequest(r.request(), 0, r.generatedTokens() + 1));
      running.removeIf(r -> r.generatedTokens() == r.request().outputTokens());
    }
    assertEquals(LongStream.range(0, 50).boxed().toList(), admitted);
    assertEquals(requests(0, 50).stream().mapToLong(Request::outputTokens).sum(), tokens);
  }

  private static List<Request> requests(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(id -> new Request(id, 0, 10, 1 + (int) (id * 7 % 13)))
        .toList();
  }
}
