// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import neupims.api.schedule.ReplicaState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.workload.Request;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/** What every {@link Router} must do. */
public final class RouterProperties {
  private static final int CASES = 500;

  private RouterProperties() {}

  /** The properties. */
  public static List<Property<Router>> all() {
    return List.of(
        new Property<>(
            "valid replicas",
            "every request is sent to a replica that is there",
            RouterProperties::inRange),
        new Property<>(
            "determinism",
            "the answer depends on the arguments alone, neither on earlier calls nor on the"
                + " instance",
            RouterProperties::determinism),
        new Property<>(
            "no starvation",
            "where every replica is always as loaded as the others, none is left without requests",
            RouterProperties::equalReplicas));
  }

  private static String inRange(Supplier<Router> fresh) {
    for (int seed = 0; seed < CASES; seed++) {
      Router router = fresh.get();
      RouterState state = state(router, seed);
      int replica = router.route(state, request(seed));
      int count = state.replicas().size();
      Expect.that(
          replica >= 0 && replica < count,
          "replica %d of %d in case %d".formatted(replica, count, seed));
    }
    return CASES + " cases";
  }

  private static String determinism(Supplier<Router> fresh) {
    Router used = fresh.get();
    for (int seed = 0; seed < CASES; seed++) {
      int first = used.route(state(used, seed), request(seed));
      used.route(state(used, seed + 1), request(seed + 1));
      Expect.equal(
          first, used.route(state(used, seed), request(seed)), "asked again, case " + seed);
      Router other = fresh.get();
      Expect.equal(
          first, other.route(state(other, seed), request(seed)), "new instance, case " + seed);
    }
    return CASES + " cases, three times each";
  }

  private static String equalReplicas(Supplier<Router> fresh) {
    Router router = fresh.get();
    for (int count = 2; count <= 8; count++) {
      boolean[] used = new boolean[count];
      List<ReplicaState> equal = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        equal.add(new ReplicaState(2, 3, 100, 0.25));
      }
      for (long routed = 0; routed < 64L * count; routed++) {
        int replica = router.route(state(router, equal, routed, 1), request((int) routed));
        used[Math.floorMod(replica, count)] = true; // Another property asks for the range.
      }
      for (int i = 0; i < count; i++) {
        Expect.that(used[i], "replica " + i + " of " + count + " never gets a request");
      }
    }
    return "2 to 8 equal replicas";
  }

  private static RouterState state(Router router, int seed) {
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
    return state(router, replicas, random.nextLong() >>> 1, seed);
  }

  private static RouterState state(
      Router router, List<ReplicaState> replicas, long routed, long seed) {
    return new RouterState(
        replicas, routed, 10 * routed, seed, Cases.defaults(router.parameters()));
  }

  private static Request request(int seed) {
    Random random = new Random(~seed);
    int half = Cases.MAX_TOKENS / 2;
    return new Request(
        seed, 10L * seed, Cases.between(random, 1, half), Cases.between(random, 1, half));
  }
}
