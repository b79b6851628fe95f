// SPDX-License-Identifier: Apache-2.0
package neupims.split.halves;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import neupims.api.program.Resident;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * Cuts each channel's list in two halves ([P] sec. 5, algorithm 3). Where a count is odd the larger
 * half goes to the first sub-batch, at the next odd channel to the second, and so on, so that the
 * sub-batches differ by one request at most. A batch of one request stays whole.
 */
@Component(
    property = "service.description=half of every channel's requests to each of two sub-batches")
@NeupimsName("halves")
public final class ChannelHalves implements SubBatchPolicy {
  @Override
  public List<List<Resident>> split(SplitState state) {
    List<Resident> first = new ArrayList<>();
    List<Resident> second = new ArrayList<>();
    boolean roundUp = true;
    for (List<Resident> channel : byChannel(state)) {
      int count = channel.size();
      int half = (count + (roundUp ? 1 : 0)) / 2;
      first.addAll(channel.subList(0, half));
      second.addAll(channel.subList(half, count));
      roundUp ^= count % 2 == 1;
    }
    return Stream.of(first, second).filter(half -> !half.isEmpty()).toList();
  }

  private static List<List<Resident>> byChannel(SplitState state) {
    List<List<Resident>> channels = new ArrayList<>();
    for (int channel = 0; channel < state.channels(); channel++) {
      channels.add(new ArrayList<>());
    }
    state.batch().forEach(resident -> channels.get(resident.channel()).add(resident));
    return channels;
  }
}
