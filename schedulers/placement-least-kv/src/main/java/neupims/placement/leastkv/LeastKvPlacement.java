// SPDX-License-Identifier: Apache-2.0
package neupims.placement.leastkv;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * The channel with the most free KV blocks. Newcomers with the largest KV cache choose first,
 * theirs counted at once; equal ones keep the order of admission, equal channels go by number. In a
 * plain memory, whose channels share one region, requests count instead of blocks.
 */
@Component(
    property = "service.description=largest newcomer first to the channel with the most free KV")
@NeupimsName("least-kv")
public final class LeastKvPlacement implements KvPlacement {
  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    long[] taken = taken(state);
    int[] channel = new int[newcomers.size()];
    for (int newcomer : largestFirst(newcomers)) {
      int target = 0;
      for (int c = 1; c < taken.length; c++) {
        if (taken[c] < taken[target]) {
          target = c;
        }
      }
      taken[target] += newcomers.get(newcomer).kvBlocks();
      channel[newcomer] = target;
    }
    return channel;
  }

  private static long[] taken(PlacementState state) {
    KvState kv = state.kv();
    long[] taken = new long[state.channels()];
    if (kv.regions() == 1) {
      state.residents().forEach(r -> taken[r.channel()] += kv.blocks(r.sequenceTokens()));
      return taken;
    }
    for (int c = 0; c < taken.length; c++) {
      taken[c] = kv.regionBlocks() - kv.freeBlocks(c);
    }
    return taken;
  }

  private static int[] largestFirst(List<Newcomer> newcomers) {
    return IntStream.range(0, newcomers.size())
        .boxed()
        .sorted(Comparator.comparingLong(i -> -newcomers.get(i).kvBlocks()))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
