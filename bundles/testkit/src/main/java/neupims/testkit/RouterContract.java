// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.workload.Request;
import org.junit.jupiter.api.Test;

/** What every {@link Router} must do. */
public abstract class RouterContract {
  private static final int CASES = 500;

  /** The router under test, a new one at each call. */
  protected abstract Router router();

  /** Every request is sent to a replica that is there. */
  @Test
  public void everyRequestGetsAReplicaInRange() {
    for (int seed = 0; seed < CASES; seed++) {
      RouterState state = state(seed);
      int replica = router().route(state, request(seed));
      boolean there = replica >= 0 && replica < state.replicas().size();
      assertTrue(there, replica + " in case " + seed);
    }
  }

  /** The answer depends on the arguments alone, neither on earlier calls nor on the instance. */
  @Test
  public void theSameStateGetsTheSameReplica() {
    Router used = router();
    for (int seed = 0; seed < CASES; seed++) {
      int first = used.route(state(seed), request(seed));
      used.route(state(seed + 1), request(seed + 1));
      assertEquals(first, used.route(state(seed), request(seed)), "case " + seed);
      assertEquals(first, router().route(state(seed), request(seed)), "case " + seed);
    }
  }

  /** Where every replica is always as loaded as the others, none is left without requests. */
  @Test
  public void equalReplicasAllGetRequests() {
    for (int count = 2; count <= 8; count++) {
      boolean[] used = new boolean[count];
      List<ReplicaState> equal = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        equal.add(new ReplicaState(2, 3, 100, 0.25));
      }
      for (long routed = 0; routed < 64L * count; routed++) {
        used[router().route(state(equal, routed, 1), request((int) routed))] = true;
      }
      for (int i = 0; i < count; i++) {
        assertTrue(used[i], "replica " + i + " of " + count + " never gets a request");
      }
    }
  }

  private RouterState state(int seed) {
    Random random = new Random(seed);
    int count = Cases.between(random, 2, 16);
    List<ReplicaState> replicas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Few values, so that some are equal; now and then one is empty.
      int waiting = random.nextInt(4);
      int running = random.nextInt(4);
      long tokens = waiting + running == 0 ? 0 : 100L * Cases.between(random, 1, 4);
      replicas.add(new ReplicaState(waiting, running, tokens, random.nextDouble()));
    }
    return state(replicas, random.nextLong() >>> 1, seed);
  }

  private RouterState state(List<ReplicaState> replicas, long routed, long seed) {
    return new RouterState(
        replicas, routed, 10 * routed, seed, Cases.defaults(router().parameters()));
  }

  private static Request request(int seed) {
    Random random = new Random(~seed);
    int half = Cases.MAX_TOKENS / 2;
    return new Request(
        seed, 10L * seed, Cases.between(random, 1, half), Cases.between(random, 1, half));
  }
}
