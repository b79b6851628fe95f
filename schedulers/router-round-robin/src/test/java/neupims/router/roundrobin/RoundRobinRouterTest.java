// SPDX-License-Identifier: Apache-2.0
package neupims.router.roundrobin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.testkit.RouterContract;
import org.junit.jupiter.api.Test;

final class RoundRobinRouterTest extends RouterContract {
  @Override
  protected Router router() {
    return new RoundRobinRouter();
  }

  @Test
  void goesOnWhereTheLastRequestWentAlsoPastTheRangeOfAnInt() {
    assertEquals(2, routed(5));
    assertEquals(0, routed(6));
    assertEquals((1L << 40) % 3, routed(1L << 40));
  }

  private int routed(long before) {
    RouterState state =
        new RouterState(
            Collections.nCopies(3, new ReplicaState(0, 0, 0, 0)), before, 0, 1, Parameters.NONE);
    return router().route(state, new Request(0, 0, 1, 1));
  }
}
