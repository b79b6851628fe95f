// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.util.Hashtable;
import java.util.Map;
import neupims.api.hw.Interconnect;
import neupims.api.hw.InterconnectSpec;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Links that a bundle of {@link DropIns} brings; after a while they need a class more. */
public final class DropInLink implements BundleActivator, Interconnect {
  private static final int FEW_CALLS = 12;

  private int calls;

  /** Not needed at first. */
  static final class Late {
    static final double SECONDS = Math.sqrt(1e-12);

    private Late() {}
  }

  @Override
  public void start(BundleContext context) {
    String name = context.getBundle().getHeaders().get(DropInScheduler.NAME);
    context.registerService(
        Interconnect.class, this, new Hashtable<>(Map.of("neupims.name", name)));
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public double allReduceSeconds(InterconnectSpec spec, int devices, long bytes) {
    return calls++ < FEW_CALLS ? 1e-6 : Late.SECONDS;
  }

  @Override
  public double sendSeconds(InterconnectSpec spec, long bytes) {
    return 1e-6;
  }
}
