// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import neupims.api.program.Resident;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import org.junit.jupiter.api.Test;

/** What every {@link SubBatchPolicy} must do. */
public abstract class SubBatchPolicyContract {
  private static final int CASES = 200;

  /** The policy under test, a new one at each call. */
  protected abstract SubBatchPolicy policy();

  private Parameters parameters() {
    return Cases.defaults(policy().parameters());
  }

  /** Every request of the batch is in one sub-batch, unchanged, and nobody else is. */
  @Test
  public void theSubBatchesCoverTheBatchOnce() {
    for (int seed = 0; seed < CASES; seed++) {
      SplitState state = state(seed);
      List<Resident> all = policy().split(state).stream().flatMap(List::stream).toList();
      Set<Resident> distinct = new HashSet<>(all);
      assertEquals(all.size(), distinct.size(), "a request twice in case " + seed);
      assertEquals(Set.copyOf(state.batch()), distinct, "case " + seed);
    }
  }

  /** One sub-batch or two, none of them empty. */
  @Test
  public void thereAreOneOrTwoSubBatchesAndNoneIsEmpty() {
    for (int seed = 0; seed < CASES; seed++) {
      List<List<Resident>> subBatches = policy().split(state(seed));
      assertTrue(
          subBatches.size() == 1 || subBatches.size() == 2, subBatches.size() + ", case " + seed);
      subBatches.forEach(subBatch -> assertFalse(subBatch.isEmpty()));
    }
  }

  /** The answer depends on the argument alone, neither on earlier calls nor on the instance. */
  @Test
  public void theSameBatchIsSplitTheSameWay() {
    SubBatchPolicy used = policy();
    for (int seed = 0; seed < CASES; seed++) {
      List<List<Resident>> first = used.split(state(seed));
      used.split(state(seed + 1));
      assertEquals(first, used.split(state(seed)), "case " + seed);
      assertEquals(first, policy().split(state(seed)), "case " + seed);
    }
  }

  /** One request cannot be split. */
  @Test
  public void aSingleRequestIsASingleSubBatch() {
    List<Resident> one = List.of(new Resident(7, 3, 100));
    SplitState state =
        new SplitState(
            32, one, Cases.SHAPE, Cases.TOKENS, tokens -> 1000 + 100L * tokens, 0, parameters());
    assertEquals(List.of(one), policy().split(state));
  }

  private SplitState state(int seed) {
    Random random = new Random(seed);
    int channels = Cases.between(random, 1, 64);
    int count = Cases.between(random, 1, seed % 2 == 0 ? 8 : 512);
    List<Resident> batch = Cases.residents(random, count, channels);
    return new SplitState(
        channels,
        batch,
        Cases.SHAPE,
        Cases.TOKENS,
        tokens -> 1000 + 100L * tokens,
        random.nextInt(1000),
        parameters());
  }
}
