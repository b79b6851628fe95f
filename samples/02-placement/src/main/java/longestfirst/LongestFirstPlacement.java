// SPDX-License-Identifier: Apache-2.0
package longestfirst;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import neupims.api.program.Resident;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvRoom;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * The longest newcomer first, each to the channel with the fewest tokens that has room: longest
 * processing time first (Graham, Bounds on Multiprocessing Timing Anomalies, 1969).
 */
@Component(property = "service.description=sample: longest first to the channel of fewest tokens")
@NeupimsName("longest-first")
public final class LongestFirstPlacement implements KvPlacement {
  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    long[] tokens = new long[state.channels()];
    for (Resident resident : state.residents()) {
      tokens[resident.channel()] += resident.sequenceTokens();
    }
    KvRoom room = new KvRoom(state.kv());
    int[] channels = new int[newcomers.size()];
    // The list is the caller's: sort indices, not newcomers.
    List<Integer> longestFirst =
        IntStream.range(0, channels.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -newcomers.get(i).sequenceTokens()))
            .toList();
    for (int i : longestFirst) {
      Newcomer newcomer = newcomers.get(i);
      channels[i] = fewest(tokens, room, newcomer.kvBlocks());
      tokens[channels[i]] += newcomer.sequenceTokens();
      room.take(channels[i], newcomer.kvBlocks());
    }
    return channels;
  }

  /** Of channels with room if there is one: who goes elsewhere is not admitted now. */
  private static int fewest(long[] tokens, KvRoom room, long blocks) {
    int best = 0;
    for (int channel = 1; channel < tokens.length; channel++) {
      boolean fits = room.fits(channel, blocks);
      boolean bestFits = room.fits(best, blocks);
      if (fits && !bestFits || fits == bestFits && tokens[channel] < tokens[best]) {
        best = channel;
      }
    }
    return best;
  }
}
