// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvRoom;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.NeupimsName;
import neupims.api.workload.KeyedRandom;
import org.osgi.service.component.annotations.Component;

/**
 * Two random choices: of two channels drawn at random the one with less estimated PIM work gets the
 * request (Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 2001).
 *
 * <p>A placement is a pure function. Chance comes from {@link KeyedRandom} with the experiment's
 * seed, the iteration and the request, so that a run can be repeated.
 */
@Component(property = "service.description=the less loaded of two random channels with room")
@NeupimsName("plugin-name")
public final class ClassName implements KvPlacement {
  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    long[] load = new long[state.channels()];
    for (Resident resident : state.residents()) {
      load[resident.channel()] += cycles(state, resident.sequenceTokens());
    }
    // What is still free as newcomers take their share.
    KvRoom room = new KvRoom(state.kv());
    int[] channels = new int[newcomers.size()];
    for (int i = 0; i < channels.length; i++) {
      Newcomer newcomer = newcomers.get(i);
      var random = new KeyedRandom(state.seed(), state.iteration(), newcomer.request());
      int first = draw(random, state.channels(), room, newcomer.kvBlocks());
      int second = draw(random, state.channels(), room, newcomer.kvBlocks());
      channels[i] = load[second] < load[first] ? second : first;
      load[channels[i]] += cycles(state, newcomer.sequenceTokens());
      room.take(channels[i], newcomer.kvBlocks());
    }
    return channels;
  }

  private static long cycles(PlacementState state, int tokens) {
    return state.estimator().estimateCycles(state.shape(), tokens);
  }

  /** The first channel with room from a random one on; that one if there is room nowhere. */
  private static int draw(KeyedRandom random, int channels, KvRoom room, long blocks) {
    int start = (int) (random.nextDouble() * channels);
    for (int i = 0; i < channels; i++) {
      int channel = (start + i) % channels;
      if (room.fits(channel, blocks)) {
        return channel;
      }
    }
    return start;
  }
}
