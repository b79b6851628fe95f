// SPDX-License-Identifier: Apache-2.0
package neupims.link.ring;

import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * A ring of links. All-reduce is a reduce-scatter and an all-gather around the ring (Patarasuk and
 * Yuan, JPDC 2009): with p devices 2 (p - 1) steps, each of a message of bytes / p to the next.
 */
@Component(property = "service.description=a ring: all-reduce in 2 (p - 1) steps of 1/p each")
@NeupimsName("ring")
public final class RingInterconnect implements Interconnect {
  @Override
  public double allReduceSeconds(InterconnectSpec spec, int devices, long bytes) {
    return 2 * (devices - 1) * spec.messageSeconds((double) bytes / devices);
  }

  @Override
  public double sendSeconds(InterconnectSpec spec, long bytes) {
    return spec.messageSeconds(bytes);
  }
}
