// SPDX-License-Identifier: Apache-2.0
package neupims.router.leastloaded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.testkit.RouterContract;
import org.junit.jupiter.api.Test;

final class LeastLoadedRouterTest extends RouterContract {
  private static final ReplicaState MANY_SHORT = new ReplicaState(3, 4, 70, 0.5);
  private static final ReplicaState FEW_LONG = new ReplicaState(0, 2, 90, 0.5);
  private static final ReplicaState FEWER_OF_THE_SAME = new ReplicaState(1, 4, 70, 0.5);

  @Override
  protected Router router() {
    return new LeastLoadedRouter();
  }

  @Test
  void tokensCountAndThenRequests() {
    assertEquals(1, route(false, 0, FEW_LONG, MANY_SHORT));
    assertEquals(2, route(false, 0, FEW_LONG, MANY_SHORT, FEWER_OF_THE_SAME));
  }

  @Test
  void orRequestsAlone() {
    assertEquals(0, route(true, 0, FEW_LONG, MANY_SHORT, FEWER_OF_THE_SAME));
  }

  @Test
  void equalsTakeTurns() {
    assertEquals(1, route(false, 7, MANY_SHORT, MANY_SHORT, MANY_SHORT));
    assertEquals(2, route(true, (3L << 40) + 2, FEW_LONG, FEW_LONG, FEW_LONG));
  }

  private int route(boolean byRequests, long before, ReplicaState... replicas) {
    Parameters parameters = new Parameters(Map.of("byRequests", byRequests));
    RouterState state = new RouterState(List.of(replicas), before, 0, 1, parameters);
    return router().route(state, new Request(0, 0, 1, 1));
  }
}
