// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import neupims.api.program.Resident;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/** What every {@link SubBatchPolicy} must do. */
public final class SplitProperties {
  private static final int CASES = 200;
  private static final String TRIED = CASES + " cases";

  private SplitProperties() {}

  /** The properties. */
  public static List<Property<SubBatchPolicy>> all() {
    return List.of(
        new Property<>(
            "work conservation",
            "every request of the batch is in one sub-batch, unchanged, and nobody else is",
            SplitProperties::coversOnce),
        new Property<>(
            "one or two sub-batches",
            "there are one or two sub-batches and none is empty",
            SplitProperties::oneOrTwo),
        new Property<>(
            "determinism",
            "the answer depends on the argument alone, neither on earlier calls nor on the"
                + " instance",
            SplitProperties::determinism),
        new Property<>(
            "single request", "one request is one sub-batch", SplitProperties::singleRequest));
  }

  private static String coversOnce(Supplier<SubBatchPolicy> fresh) {
    for (int seed = 0; seed < CASES; seed++) {
      SubBatchPolicy policy = fresh.get();
      SplitState state = state(policy, seed);
      List<Resident> all = policy.split(state).stream().flatMap(List::stream).toList();
      Set<Resident> distinct = new HashSet<>(all);
      Expect.equal(all.size(), distinct.size(), "distinct requests in case " + seed);
      Set<Resident> lost = new HashSet<>(state.batch());
      lost.removeAll(distinct);
      Expect.that(lost.isEmpty(), "in no sub-batch in case " + seed + ": " + lost);
      distinct.removeAll(Set.copyOf(state.batch()));
      Expect.that(distinct.isEmpty(), "not of the batch in case " + seed + ": " + distinct);
    }
    return TRIED;
  }

  private static String oneOrTwo(Supplier<SubBatchPolicy> fresh) {
    for (int seed = 0; seed < CASES; seed++) {
      SubBatchPolicy policy = fresh.get();
      List<List<Resident>> subBatches = policy.split(state(policy, seed));
      int count = subBatches.size();
      Expect.that(count == 1 || count == 2, count + " sub-batches in case " + seed);
      for (List<Resident> subBatch : subBatches) {
        Expect.that(!subBatch.isEmpty(), "an empty sub-batch in case " + seed);
      }
    }
    return TRIED;
  }

  private static String determinism(Supplier<SubBatchPolicy> fresh) {
    SubBatchPolicy used = fresh.get();
    for (int seed = 0; seed < CASES; seed++) {
      List<List<Resident>> first = used.split(state(used, seed));
      used.split(state(used, seed + 1));
      Expect.equal(first, used.split(state(used, seed)), "asked again, case " + seed);
      SubBatchPolicy other = fresh.get();
      Expect.equal(first, other.split(state(other, seed)), "new instance, case " + seed);
    }
    return TRIED + ", three times each";
  }

  private static String singleRequest(Supplier<SubBatchPolicy> fresh) {
    SubBatchPolicy policy = fresh.get();
    List<Resident> one = List.of(new Resident(7, 3, 100));
    Expect.equal(List.of(one), policy.split(state(policy, 32, one, 0)), "sub-batches of one");
    return "one case";
  }

  private static SplitState state(SubBatchPolicy policy, int seed) {
    Random random = new Random(seed);
    int channels = Cases.between(random, 1, 64);
    int count = Cases.between(random, 1, seed % 2 == 0 ? 8 : 512);
    List<Resident> batch = Cases.residents(random, count, channels);
    return state(policy, channels, batch, random.nextInt(1000));
  }

  private static SplitState state(
      SubBatchPolicy policy, int channels, List<Resident> batch, int chunkTokens) {
    return new SplitState(
        channels,
        batch,
        Cases.SHAPE,
        Cases.TOKENS,
        tokens -> 1000 + 100L * tokens,
        chunkTokens,
        Cases.defaults(policy.parameters()));
  }
}
