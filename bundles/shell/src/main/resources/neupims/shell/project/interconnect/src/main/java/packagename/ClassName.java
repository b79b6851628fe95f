// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * A binary tree: partial sums go up to the root, the sum comes down, whole messages both ways; few
 * steps, which suits small messages, where a ring suits large ones.
 */
@Component(property = "service.description=a binary tree: all-reduce in 2 ceil(log2 p) steps")
@NeupimsName("plugin-name")
public final class ClassName implements Interconnect {
  @Override
  public double allReduceSeconds(InterconnectSpec spec, int devices, long bytes) {
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(devices - 1);
    return 2 * levels * spec.messageSeconds(bytes);
  }

  @Override
  public double sendSeconds(InterconnectSpec spec, long bytes) {
    return spec.messageSeconds(bytes);
  }
}
