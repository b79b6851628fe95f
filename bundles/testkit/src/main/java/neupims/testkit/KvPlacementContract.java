// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import neupims.api.program.Resident;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import org.junit.jupiter.api.Test;

/** What every {@link KvPlacement} must do. */
public abstract class KvPlacementContract {
  private static final int CASES = 200;
  private static final int ROOM = 8 * Cases.MAX_TOKENS;

  /** The policy under test, a new one at each call. */
  protected abstract KvPlacement placement();

  /** Every newcomer gets a channel that the device has. */
  @Test
  public void everyNewcomerGetsAChannelInRange() {
    for (int seed = 0; seed < CASES; seed++) {
      PlacementState state = state(seed);
      List<Newcomer> newcomers = newcomers(seed);
      int[] channels = placement().place(state, newcomers);
      assertEquals(newcomers.size(), channels.length, "one channel each, case " + seed);
      for (int channel : channels) {
        assertTrue(channel >= 0 && channel < state.channels(), channel + " in case " + seed);
      }
    }
  }

  /** A single newcomer goes where there is room for it, if that is anywhere. */
  @Test
  public void aNewcomerGoesWhereThereIsRoom() {
    for (int seed = 0; seed < CASES; seed++) {
      PlacementState state = state(seed);
      Newcomer newcomer = newcomers(seed).get(0);
      boolean room = false;
      for (int channel = 0; channel < state.channels(); channel++) {
        room |= state.kv().freeBlocks(channel) >= newcomer.kvBlocks();
      }
      int channel = placement().place(state, List.of(newcomer))[0];
      String message = channel + " in case " + seed;
      assertTrue(!room || state.kv().freeBlocks(channel) >= newcomer.kvBlocks(), message);
    }
  }

  /** The answer depends on the arguments alone, neither on earlier calls nor on the instance. */
  @Test
  public void theSameStateGetsTheSameChannels() {
    KvPlacement used = placement();
    for (int seed = 0; seed < CASES; seed++) {
      int[] first = used.place(state(seed), newcomers(seed));
      used.place(state(seed + 1), newcomers(seed + 1));
      String message = "case " + seed;
      assertArrayEquals(first, used.place(state(seed), newcomers(seed)), message);
      assertArrayEquals(first, placement().place(state(seed), newcomers(seed)), message);
    }
  }

  /** The caller's list of newcomers is as it was. */
  @Test
  public void theNewcomersAreLeftInOrder() {
    for (int seed = 0; seed < CASES; seed++) {
      List<Newcomer> newcomers = new ArrayList<>(newcomers(seed));
      placement().place(state(seed), newcomers);
      assertEquals(newcomers(seed), newcomers, "case " + seed);
    }
  }

  /** Nobody new: nothing to place. */
  @Test
  public void noNewcomersGetNoChannels() {
    assertEquals(0, placement().place(state(1), List.of()).length);
  }

  private PlacementState state(int seed) {
    Random random = new Random(seed);
    int channels = Cases.between(random, 1, 64);
    List<Resident> residents =
        Cases.residents(random, random.nextInt(4) == 0 ? 0 : random.nextInt(512), channels);
    long[] free = new long[channels];
    Arrays.setAll(free, c -> random.nextInt(ROOM));
    return new PlacementState(
        channels,
        residents,
        Cases.SHAPE,
        Cases.TOKENS,
        new KvState(tokens -> tokens, ROOM, free, 0),
        random.nextInt(1 << 20),
        seed,
        seed,
        Cases.defaults(placement().parameters()));
  }

  private static List<Newcomer> newcomers(int seed) {
    Random random = new Random(~seed);
    List<Newcomer> newcomers = new ArrayList<>();
    int count = Cases.between(random, 1, 64);
    for (int i = 0; i < count; i++) {
      int tokens = Cases.between(random, 1, Cases.MAX_TOKENS);
      newcomers.add(new Newcomer(1_000_000L + i, tokens, tokens));
    }
    return List.copyOf(newcomers);
  }
}
