// SPDX-License-Identifier: Apache-2.0
package neupims.placement.minload;

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
 * Greedy min-load bin packing ([P] sec. 5, algorithm 2). A channel's load is the estimated PIM time
 * of its residents, who stay; newcomers, longest first, each go to the channel with the least load,
 * theirs counted at once; a channel without room for its KV cache is passed over. Equal lengths
 * keep the order of admission, equal loads take the lowest channel.
 */
@Component(
    property =
        "service.description=longest newcomer first to the channel with the least estimated load")
@NeupimsName("min-load")
public final class MinLoadPlacement implements KvPlacement {
  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    long[] load = new long[state.channels()];
    for (Resident resident : state.residents()) {
      load[resident.channel()] += cycles(state, resident.sequenceTokens());
    }
    KvRoom room = new KvRoom(state.kv());
    int[] channel = new int[newcomers.size()];
    for (int newcomer : longestFirst(newcomers)) {
      long blocks = newcomers.get(newcomer).kvBlocks();
      int target = leastLoaded(load, room, blocks);
      room.take(target, blocks);
      load[target] += cycles(state, newcomers.get(newcomer).sequenceTokens());
      channel[newcomer] = target;
    }
    return channel;
  }

  private static long cycles(PlacementState state, int sequenceTokens) {
    return state.estimator().estimateCycles(state.shape(), sequenceTokens);
  }

  private static int[] longestFirst(List<Newcomer> newcomers) {
    return IntStream.range(0, newcomers.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> -newcomers.get(i).sequenceTokens()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Of the channels with room; of all if none has any. */
  private static int leastLoaded(long[] load, KvRoom room, long blocks) {
    int least = 0;
    for (int channel = 1; channel < load.length; channel++) {
      boolean roomier = room.fits(channel, blocks) && !room.fits(least, blocks);
      boolean asRoomy = room.fits(channel, blocks) == room.fits(least, blocks);
      if (roomier || asRoomy && load[channel] < load[least]) {
        least = channel;
      }
    }
    return least;
  }
}
