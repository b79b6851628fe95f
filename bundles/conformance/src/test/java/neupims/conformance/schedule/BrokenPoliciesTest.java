// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import neupims.api.program.Resident;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.conformance.Broken;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.Test;

/** Policies that break one property each. */
final class BrokenPoliciesTest {
  private final AtomicInteger calls = new AtomicInteger();

  /** The channel with the most free blocks, for each. */
  private static int[] emptiest(PlacementState state, List<Newcomer> newcomers) {
    int best = 0;
    for (int c = 1; c < state.channels(); c++) {
      best = state.kv().freeBlocks(c) > state.kv().freeBlocks(best) ? c : best;
    }
    int[] channels = new int[newcomers.size()];
    Arrays.fill(channels, best);
    return channels;
  }

  private int[] counting(PlacementState state, List<Newcomer> newcomers) {
    int[] channels = emptiest(state, newcomers);
    if (channels.length > 0) {
      channels[0] = calls.getAndIncrement() % state.channels();
    }
    return channels;
  }

  private static int[] sorting(PlacementState state, List<Newcomer> newcomers) {
    if (newcomers.size() > 1) {
      newcomers.sort((a, b) -> Long.compare(b.request(), a.request()));
    }
    return emptiest(state, newcomers);
  }

  @Test
  void everyPropertyOfPlacementCanFail() {
    Broken.assertHold(Contracts.placement(), () -> BrokenPoliciesTest::emptiest);
    new Broken<KvPlacement>()
        .add(
            "valid channels",
            "channel",
            () ->
                (state, newcomers) -> {
                  int[] channels = emptiest(state, newcomers);
                  channels[channels.length - 1] = state.channels();
                  return channels;
                })
        .add("room", "others have room", () -> (state, newcomers) -> new int[newcomers.size()])
        .add("determinism", "asked again", () -> this::counting)
        .add("inputs untouched", "newcomers of case", () -> BrokenPoliciesTest::sorting)
        .add("nothing to do", "channels for nobody", () -> (state, newcomers) -> new int[1])
        .assertEachIsFound(Contracts::placement);
  }

  private static List<List<Resident>> whole(SplitState state) {
    return List.of(state.batch());
  }

  private static List<List<Resident>> withoutTheLast(SplitState state) {
    return List.of(state.batch().subList(0, Math.max(1, state.batch().size() - 1)));
  }

  private List<List<Resident>> cut(SplitState state, int at) {
    List<Resident> batch = state.batch();
    return at < 1 || at >= batch.size()
        ? whole(state)
        : List.of(batch.subList(0, at), batch.subList(at, batch.size()));
  }

  @Test
  void everyPropertyOfSplitsCanFail() {
    Broken.assertHold(Contracts.split(), () -> state -> cut(state, state.batch().size() / 2));
    new Broken<SubBatchPolicy>()
        .add("work conservation", "in no sub-batch", () -> BrokenPoliciesTest::withoutTheLast)
        .add("one or two sub-batches", "empty", () -> state -> List.of(state.batch(), List.of()))
        .add("determinism", "asked again", () -> state -> cut(state, calls.getAndIncrement()))
        .add(
            "single request",
            "sub-batches of one",
            () -> state -> state.batch().size() == 1 ? List.of() : whole(state))
        .assertEachIsFound(Contracts::split);
  }

  private static int inTurn(RouterState state) {
    return (int) (state.routedBefore() % state.replicas().size());
  }

  @Test
  void everyPropertyOfRoutersCanFail() {
    Broken.assertHold(Contracts.router(), () -> (state, request) -> inTurn(state));
    new Broken<Router>()
        .add("valid replicas", "replica", () -> (state, request) -> state.replicas().size())
        .add(
            "determinism",
            "expected, not",
            () -> (state, request) -> calls.getAndIncrement() % state.replicas().size())
        .add("no starvation", "never gets a request", () -> (state, request) -> 0)
        .assertEachIsFound(Contracts::router);
  }

  private static long tokensAndHeads(GemvShape shape, int tokens) {
    return (long) tokens * shape.heads();
  }

  @Test
  void everyPropertyOfEstimatorsCanFail() {
    Broken.assertHold(Contracts.estimator(), () -> BrokenPoliciesTest::tokensAndHeads);
    new Broken<GemvEstimator>()
        .add("positive", "0 cycles", () -> (shape, tokens) -> tokens - 1L)
        .add("longer is not cheaper", "for one less", () -> (shape, tokens) -> tokens % 999)
        .add(
            "more heads are not cheaper",
            "twice the heads",
            () -> (shape, tokens) -> 100_000L * tokens / shape.heads())
        .add(
            "determinism", "asked again", () -> (shape, tokens) -> tokens + calls.getAndIncrement())
        .assertEachIsFound(Contracts::estimator);
  }

  @Test
  void aRequestInTwoSubBatchesIsFound() {
    List<Resident> twice = new ArrayList<>();
    new Broken<SubBatchPolicy>()
        .add(
            "work conservation",
            "distinct requests",
            () ->
                state -> {
                  twice.clear();
                  twice.addAll(state.batch());
                  return List.of(twice, state.batch());
                })
        .assertEachIsFound(() -> Contracts.split().subList(0, 1));
  }
}
