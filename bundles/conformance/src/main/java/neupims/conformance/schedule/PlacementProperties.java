// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import neupims.api.program.Resident;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/** What every {@link KvPlacement} must do. */
public final class PlacementProperties {
  private static final int CASES = 200;
  private static final int ROOM = 8 * Cases.MAX_TOKENS;
  private static final String TRIED = CASES + " cases";

  private PlacementProperties() {}

  /** The properties. */
  public static List<Property<KvPlacement>> all() {
    return List.of(
        new Property<>(
            "valid channels",
            "every newcomer gets a channel that the device has",
            PlacementProperties::channelsInRange),
        new Property<>(
            "room",
            "a single newcomer goes where there is room for it, if that is anywhere",
            PlacementProperties::room),
        new Property<>(
            "determinism",
            "the answer depends on the arguments alone, neither on earlier calls nor on the"
                + " instance",
            PlacementProperties::determinism),
        new Property<>(
            "inputs untouched",
            "the caller's list of newcomers is as it was",
            PlacementProperties::inputsUntouched),
        new Property<>(
            "nothing to do",
            "no newcomers get no channels",
            fresh -> {
              KvPlacement placement = fresh.get();
              int[] channels = placement.place(state(placement, 1), List.of());
              Expect.equal(0, channels.length, "channels for nobody");
              return "one case";
            }));
  }

  private static String channelsInRange(Supplier<KvPlacement> fresh) {
    for (int seed = 0; seed < CASES; seed++) {
      KvPlacement placement = fresh.get();
      PlacementState state = state(placement, seed);
      List<Newcomer> newcomers = newcomers(seed);
      int[] channels = placement.place(state, newcomers);
      Expect.equal(newcomers.size(), channels.length, "channels in case " + seed);
      for (int channel : channels) {
        Expect.that(
            channel >= 0 && channel < state.channels(),
            "channel %d of %d in case %d".formatted(channel, state.channels(), seed));
      }
    }
    return TRIED;
  }

  private static String room(Supplier<KvPlacement> fresh) {
    for (int seed = 0; seed < CASES; seed++) {
      KvPlacement placement = fresh.get();
      PlacementState state = state(placement, seed);
      Newcomer newcomer = newcomers(seed).get(0);
      boolean room = false;
      for (int channel = 0; channel < state.channels(); channel++) {
        room |= state.kv().freeBlocks(channel) >= newcomer.kvBlocks();
      }
      int channel = placement.place(state, List.of(newcomer))[0];
      long free = state.kv().freeBlocks(channel);
      Expect.that(
          !room || free >= newcomer.kvBlocks(),
          "%d blocks go to channel %d with %d free, others have room; case %d"
              .formatted(newcomer.kvBlocks(), channel, free, seed));
    }
    return TRIED;
  }

  private static String determinism(Supplier<KvPlacement> fresh) {
    KvPlacement used = fresh.get();
    for (int seed = 0; seed < CASES; seed++) {
      int[] first = used.place(state(used, seed), newcomers(seed));
      used.place(state(used, seed + 1), newcomers(seed + 1));
      same(first, used.place(state(used, seed), newcomers(seed)), "asked again, case " + seed);
      KvPlacement other = fresh.get();
      same(first, other.place(state(other, seed), newcomers(seed)), "new instance, case " + seed);
    }
    return TRIED + ", three times each";
  }

  private static void same(int[] first, int[] again, String what) {
    Expect.equal(Arrays.toString(first), Arrays.toString(again), what);
  }

  private static String inputsUntouched(Supplier<KvPlacement> fresh) {
    for (int seed = 0; seed < CASES; seed++) {
      KvPlacement placement = fresh.get();
      List<Newcomer> newcomers = new ArrayList<>(newcomers(seed));
      placement.place(state(placement, seed), newcomers);
      Expect.equal(newcomers(seed), newcomers, "newcomers of case " + seed);
    }
    return TRIED;
  }

  private static PlacementState state(KvPlacement placement, int seed) {
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
        Cases.defaults(placement.parameters()));
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
