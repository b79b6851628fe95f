// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

import java.util.List;

/**
 * What every unit of a device did in each cycle of the steady-state block; the causes of each unit
 * add up to the block's cycles.
 *
 * @param npu arrays and vector units together
 * @param bus the data bus of each channel
 * @param pim the PIM of each channel, empty without PIM
 */
public record Stalls(UnitCycles npu, List<UnitCycles> bus, List<UnitCycles> pim) {
  /** No block. */
  public static final Stalls NONE = new Stalls(UnitCycles.NONE, List.of(), List.of());

  public Stalls {
    bus = List.copyOf(bus);
    pim = List.copyOf(pim);
  }
}
