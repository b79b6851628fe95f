// SPDX-License-Identifier: Apache-2.0
package neupims.api.metric;

import java.util.List;

/**
 * A unit's cycles over the stages of the steady-state block: each belongs to one cause.
 *
 * @param computing it worked; a data bus: it carried data
 * @param memory it had work and waited for the memory: operands of the NPU, commands that open and
 *     close rows or turn the bus round, GWRITE and result reads of the PIM
 * @param otherUnit it waited for work that another unit was about to give it
 * @param refresh it had work, and a rank of its channel was refreshed
 * @param barrier it was done and waited for the stage to end
 * @param empty the stage had no work for it
 */
public record UnitCycles(
    long computing, long memory, long otherUnit, long refresh, long barrier, long empty) {
  /** Nothing yet. */
  public static final UnitCycles NONE = new UnitCycles(0, 0, 0, 0, 0, 0);

  /** All cycles. */
  public long total() {
    return computing + memory + otherUnit + refresh + barrier + empty;
  }

  /** The cycles of several units together. */
  public static UnitCycles sum(List<UnitCycles> units) {
    return units.stream().reduce(NONE, UnitCycles::plus);
  }

  /** These and others. */
  public UnitCycles plus(UnitCycles o) {
    return new UnitCycles(
        computing + o.computing,
        memory + o.memory,
        otherUnit + o.otherUnit,
        refresh + o.refresh,
        barrier + o.barrier,
        empty + o.empty);
  }
}
