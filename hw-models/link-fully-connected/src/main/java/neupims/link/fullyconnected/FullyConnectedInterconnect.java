// SPDX-License-Identifier: Apache-2.0
package neupims.link.fullyconnected;

import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * A link between any two devices. All-reduce is a reduce-scatter and an all-gather in one step each
 * (Thakur, Rabenseifner, Gropp, IJHPCA 2005): every device sends bytes / p to all others at once.
 */
@Component(property = "service.description=a link between any two: all-reduce in 2 steps of 1/p")
@NeupimsName("fully-connected")
public final class FullyConnectedInterconnect implements Interconnect {
  @Override
  public double allReduceSeconds(InterconnectSpec spec, int devices, long bytes) {
    return devices == 1 ? 0 : 2 * spec.messageSeconds((double) bytes / devices);
  }

  @Override
  public double sendSeconds(InterconnectSpec spec, long bytes) {
    return spec.messageSeconds(bytes);
  }
}
