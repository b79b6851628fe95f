// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.List;
import neupims.api.run.PrefillSpec;
import neupims.api.run.PrefillSpec.Routing;
import neupims.api.workload.Request;

/**
 * Prompts on devices of their own, on the way from the door to the replicas:
 *
 * <pre>
 * door -----------------------> line -> group -> token -> link -> replica
 *   '- router (at arrival)      of a pool          '- router (prefilled)
 * a replica's dropped KV cache -^
 * </pre>
 *
 * Every replica has a pool of groups, or all of them have one. A group emits a request's next
 * token; who has no more to come never reaches a replica. Caches wait for service where they
 * arrive, and to be sent where they were made, without limit.
 */
final class Prefilling {
  private final ReplicaSetting setting;
  private final PrefillSpec spec;
  private final List<Replica> replicas;
  private final RouterCalls router;
  private final ServingTally tally;
  private final PrefillTally use;
  private final PrefillPool[] pools;
  private final KvLinks links;
  private final int[] underWay;
  private int unrouted;

  /**
   * Nobody there yet.
   *
   * @param replicas where caches go; filled before the first request comes
   * @param count how many that will be
   */
  Prefilling(
      ReplicaSetting setting,
      List<Replica> replicas,
      int count,
      RouterCalls router,
      ServingTally tally) {
    this.setting = setting;
    this.replicas = replicas;
    this.router = router;
    this.tally = tally;
    spec = setting.variant().serving().prefill();
    pools = new PrefillPool[spec.shared() ? 1 : count];
    for (int pool = 0; pool < pools.length; pool++) {
      pools[pool] = new PrefillPool(pool * spec.groups(), spec.groups(), setting.promptTimes());
    }
    int groups = pools.length * spec.groups();
    links = new KvLinks(spec, groups, count);
    use = tally.prefills(groups);
    underWay = new int[count];
  }

  /** A request comes. */
  void enter(Request request, long nowNanos) {
    pass(nowNanos);
    Sequence sequence = new Sequence(request, Sequence.UNROUTED);
    if (spec.routing() == Routing.ARRIVAL || replicas.size() == 1) {
      sequence.replica = router.choose(request, nowNanos);
      Replica replica = replicas.get(sequence.replica);
      replica.pass(nowNanos, replica.busy());
      replica.expects(request);
      underWay[sequence.replica]++;
    } else {
      tally.passUnrouted(nowNanos);
      unrouted++;
    }
    tally.arrived(sequence.replica, request.arrivalNanos());
    pool(sequence).add(sequence, nowNanos);
  }

  /** A request comes back whose KV cache its replica has dropped. */
  void again(Sequence sequence, long nowNanos) {
    pass(nowNanos);
    underWay[sequence.replica]++;
    pool(sequence).add(sequence, nowNanos);
  }

  private PrefillPool pool(Sequence sequence) {
    return pools[pools.length == 1 ? 0 : sequence.replica];
  }

  /** Requests that are no replica's yet. */
  int unrouted() {
    return unrouted;
  }

  /** Requests of a replica whose caches are not there yet. */
  int underWay(int replica) {
    return underWay[replica];
  }

  /** When something happens next, {@link Intake#NEVER} if nothing does unless somebody comes. */
  long nextNanos() {
    long next = links.nextNanos();
    for (PrefillPool pool : pools) {
      next = Math.min(next, Math.min(pool.doneNanos(), pool.startNanos()));
    }
    return next;
  }

  /** The earliest event: caches arrive, then prompts are done, then others are begun. */
  void step() {
    long now = nextNanos();
    pass(now);
    if (links.nextNanos() == now) {
      arrived(links.take());
      return;
    }
    for (PrefillPool pool : pools) {
      if (pool.doneNanos() == now) {
        done(pool.takeDone());
        return;
      }
    }
    for (PrefillPool pool : pools) {
      if (pool.startNanos() == now) {
        use.started(pool.start());
        return;
      }
    }
  }

  private void done(PrefillPool.Work work) {
    Sequence sequence = work.sequence();
    long now = work.endNanos();
    use.done(work);
    boolean routed = sequence.replica != Sequence.UNROUTED;
    if (routed) {
      Replica replica = replicas.get(sequence.replica);
      replica.pass(now, replica.busy());
    } else {
      tally.passUnrouted(now);
      unrouted--;
    }
    sequence.emit(now);
    if (routed) {
      replicas.get(sequence.replica).prefilled(sequence);
    }
    tally.prefilled(sequence, work.cost().energy());
    if (sequence.finished()) {
      underWay(sequence, -1);
      return;
    }
    sequence.cached = work.tokens();
    if (!routed) {
      route(sequence, now);
    }
    // The window of the token that is worked on next, itself not counted.
    sequence.received = setting.budget().keptTokens(sequence.known()) - 1;
    long bytes = sequence.received * setting.budget().bytesPerToken();
    KvLinks.Move move = links.send(sequence, work.group(), bytes, now);
    sequence.waitsSinceNanos = move.endNanos();
    use.sent(move);
  }

  private void route(Sequence sequence, long now) {
    sequence.replica = router.choose(sequence.request, now);
    Replica replica = replicas.get(sequence.replica);
    replica.pass(now, replica.busy());
    replica.expects(sequence);
    tally.routed(sequence.replica);
    underWay(sequence, 1);
  }

  private void arrived(KvLinks.Move move) {
    Sequence sequence = move.sequence();
    use.arrived(move);
    underWay(sequence, -1);
    replicas.get(sequence.replica).deliver(sequence, move.endNanos());
  }

  private void underWay(Sequence sequence, int more) {
    if (sequence.replica != Sequence.UNROUTED) {
      underWay[sequence.replica] += more;
    }
  }

  /** Time passes without a change of state. */
  void pass(long nowNanos) {
    int waiting = 0;
    for (PrefillPool pool : pools) {
      waiting += pool.waiting();
    }
    use.pass(nowNanos, waiting);
  }

  /** Until when time has passed. */
  long nowNanos() {
    return use.nowNanos();
  }
}
