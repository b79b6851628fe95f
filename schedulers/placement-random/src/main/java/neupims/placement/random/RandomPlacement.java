// SPDX-License-Identifier: Apache-2.0
package neupims.placement.random;

import java.util.List;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.KvRoom;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.unit.NeupimsName;
import neupims.api.workload.KeyedRandom;
import org.osgi.service.component.annotations.Component;

/**
 * A channel with room for the request's KV cache, each as likely; any channel if none has room.
 * Drawn from seed, iteration and request id.
 */
@Component(property = "service.description=a random channel with room")
@NeupimsName("random")
public final class RandomPlacement implements KvPlacement {
  @Override
  public int[] place(PlacementState state, List<Newcomer> newcomers) {
    KvRoom room = new KvRoom(state.kv());
    int[] channel = new int[newcomers.size()];
    for (int i = 0; i < channel.length; i++) {
      Newcomer newcomer = newcomers.get(i);
      var random = new KeyedRandom(state.seed(), state.iteration(), newcomer.request());
      channel[i] = draw(random, state.channels(), room, newcomer.kvBlocks());
      room.take(channel[i], newcomer.kvBlocks());
    }
    return channel;
  }

  private static int draw(KeyedRandom random, int channels, KvRoom room, long blocks) {
    int roomy = 0;
    for (int channel = 0; channel < channels; channel++) {
      roomy += room.fits(channel, blocks) ? 1 : 0;
    }
    int turn = (int) (random.nextDouble() * (roomy == 0 ? channels : roomy));
    for (int channel = 0; channel < channels; channel++) {
      if ((roomy == 0 || room.fits(channel, blocks)) && turn-- == 0) {
        return channel;
      }
    }
    throw new AssertionError("a turn is less than the channels to choose from");
  }
}
