// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import neupims.api.program.Resident;

/**
 * Cuts a batch so that the first sub-batch gets a share of every channel's estimated PIM time: in
 * each channel, the longest request first, each goes to the sub-batch that is further below its
 * share of the channel, or of all channels if that is the same.
 */
public final class ChannelShares {
  private final SplitState state;
  private final long[] cycles;
  private final Integer[] longestFirst;

  /** The requests of a batch. */
  public ChannelShares(SplitState state) {
    this.state = state;
    int count = state.batch().size();
    cycles = new long[count];
    longestFirst = new Integer[count];
    for (int i = 0; i < count; i++) {
      cycles[i] = state.pimCycles(state.batch().get(i));
      longestFirst[i] = i;
    }
    Arrays.sort(longestFirst, Comparator.comparingLong(i -> -cycles[i]));
  }

  /**
   * One sub-batch or two, none of them empty, each in order of admission.
   *
   * @param share of the first, over 0 and under 1
   */
  public List<List<Resident>> cut(double share) {
    int count = cycles.length;
    boolean[] inFirst = new boolean[count];
    long[] first = new long[state.channels()];
    long[] second = new long[state.channels()];
    long allFirst = 0;
    long allSecond = 0;
    for (int i : longestFirst) {
      int channel = state.batch().get(i).channel();
      double lead = lead(first[channel] + cycles[i], second[channel] + cycles[i], share);
      if (lead == 0) {
        lead = lead(allFirst + cycles[i], allSecond + cycles[i], share);
      }
      inFirst[i] = lead <= 0;
      if (inFirst[i]) {
        first[channel] += cycles[i];
        allFirst += cycles[i];
      } else {
        second[channel] += cycles[i];
        allSecond += cycles[i];
      }
    }
    List<List<Resident>> subBatches = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < count; i++) {
      subBatches.get(inFirst[i] ? 0 : 1).add(state.batch().get(i));
    }
    return subBatches.stream().filter(subBatch -> !subBatch.isEmpty()).toList();
  }

  /** Over 0 when the first would be further above its share than the second. */
  private static double lead(long first, long second, double share) {
    return first * (1 - share) - second * share;
  }
}
