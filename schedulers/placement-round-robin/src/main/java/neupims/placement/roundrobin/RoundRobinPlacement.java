// SPDX-License-Identifier: Apache-2.0
package neupims.placement.roundrobin;

import java.util.List;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvRoom;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * Deals requests to the channels in turn, whatever their length ([P] sec. 7, the NPU+PIM baseline).
 * A channel without room for a request's KV cache is passed over. The turn is the number of
 * requests placed so far, so it survives a swap of policies.
 */
@Component(property = "service.description=requests to the channels in turn, whatever their length")
@NeupimsName("round-robin")
public final class RoundRobinPlacement implements KvPlacement {
  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    KvRoom room = new KvRoom(state.kv());
    int[] channel = new int[newcomers.size()];
    for (int i = 0; i < channel.length; i++) {
      long blocks = newcomers.get(i).kvBlocks();
      int turn = (int) ((state.placedBefore() + i) % state.channels());
      channel[i] = next(turn, room, blocks, state.channels());
      room.take(channel[i], blocks);
    }
    return channel;
  }

  /** The channel whose turn it is, or the next with room. */
  private static int next(int turn, KvRoom room, long blocks, int channels) {
    for (int i = 0; i < channels; i++) {
      int channel = (turn + i) % channels;
      if (room.fits(channel, blocks)) {
        return channel;
      }
    }
    return turn;
  }
}
