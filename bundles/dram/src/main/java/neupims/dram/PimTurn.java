// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/** The PIM's turn in a cycle: a command of its first instruction and what follows from it. */
final class PimTurn {
  private static final long NEVER = Long.MAX_VALUE;

  private final PimSequencer pim;
  private final PimQueue queue;
  private final Intake intake;
  private final Refresher refresher;
  private final boolean shares;

  PimTurn(PimSequencer pim, PimQueue queue, Intake intake, Refresher refresher) {
    this.pim = pim;
    this.queue = queue;
    this.intake = intake;
    this.refresher = refresher;
    shares = pim != null && !pim.takesMode();
  }

  /**
   * Issues a command, if there is one that may issue now, and what precharges follow it at once.
   *
   * @param until first cycle, after the given one, that may belong to somebody else
   * @return the first cycle that the PIM has not taken: the given one if there was no command
   */
  long take(long cycle, long until) {
    long waited = queue.issued();
    if (!pim.issue(cycle)) {
      return cycle;
    }
    if (queue.issued() != waited) {
      intake.stir(cycle);
    }
    return pim.precharge(cycle + 1, until);
  }

  /** Whether the PIM may take its turn between reads. */
  boolean shares() {
    return shares;
  }

  /** The next turn while reads go on, if the PIM may take it between them. */
  long nextAt() {
    return shares ? pim.nextAt() : NEVER;
  }

  /** Whether reads may not just go on after a turn: the PIM is done, or a refresh waits for it. */
  boolean ends() {
    return queue.idle() || refresher.waiting();
  }
}
