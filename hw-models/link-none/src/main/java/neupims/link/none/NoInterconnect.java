// SPDX-License-Identifier: Apache-2.0
package neupims.link.none;

import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/** Communication in no time, as the reference simulator has it [R]. */
@Component(property = "service.description=communication takes no time")
@NeupimsName(InterconnectSpec.NONE)
public final class NoInterconnect implements Interconnect {
  @Override
  public double allReduceSeconds(InterconnectSpec spec, int devices, long bytes) {
    return 0;
  }

  @Override
  public double sendSeconds(InterconnectSpec spec, long bytes) {
    return 0;
  }
}
