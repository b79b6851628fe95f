// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/** Serves reads and writes for as long as nothing else is to be done. */
final class MemScheduler {
  private final MemArbiter arbiter;
  private final AccessOrder order;
  private final Intake intake;

  MemScheduler(MemArbiter arbiter, AccessOrder order, Intake intake) {
    this.arbiter = arbiter;
    this.order = order;
    this.intake = intake;
  }

  /**
   * Serves the banks from the given cycle on.
   *
   * @param until first cycle, after that one, at which a refresh, the PIM or the caller may have
   *     something else to do
   * @param end the same without the PIM's next turn, if that may come between reads
   * @return the first cycle, after the given one, at which there may be something to do
   */
  long serve(long cycle, long until, long end) {
    long now = cycle;
    while (now < until) {
      if (intake.effectAt() <= now) {
        intake.playUntil(now);
      }
      now = order.issue(now, until, end) + 1;
      if (now >= until) {
        return now;
      }
      now = Math.max(now, Math.min(arbiter.nextAt(), intake.effectAt()));
    }
    return Math.min(now, Math.max(until, cycle + 1));
  }
}
