// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * Longest first: each request goes to the sub-batch whose channel has less to do; two sub-batches
 * only where interleaving them is estimated to be faster than one after the other.
 */
@Component(property = "service.description=longest first into two sub-batches, if that is faster")
@NeupimsName("plugin-name")
public final class ClassName implements SubBatchPolicy {
  @Override
  public List<List<Resident>> split(SplitState state) {
    List<Resident> longestFirst = new ArrayList<>(state.batch());
    // A stable sort: equal requests stay in order of admission, so the answer is always the same.
    longestFirst.sort(Comparator.comparingLong((Resident r) -> -state.pimCycles(r)));
    long[][] load = new long[2][state.channels()];
    List<Resident> first = new ArrayList<>();
    List<Resident> second = new ArrayList<>();
    for (Resident resident : longestFirst) {
      int channel = resident.channel();
      boolean toFirst =
          load[0][channel] < load[1][channel]
              || load[0][channel] == load[1][channel] && first.size() <= second.size();
      load[toFirst ? 0 : 1][channel] += state.pimCycles(resident);
      (toFirst ? first : second).add(resident);
    }
    boolean faster =
        !second.isEmpty() && state.interleavedCycles(first, second) < state.serialCycles();
    return faster ? List.of(first, second) : List.of(state.batch());
  }
}
