// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/** The rule by which a controller chooses among the commands that reads and writes need. */
interface AccessOrder {
  /**
   * Issues the command whose turn it is in the given cycle, if there is one, and those after it
   * that it can foresee.
   *
   * @param until first cycle, after that one, at which a refresh, the PIM or the caller may have
   *     something else to do
   * @param end the same without the PIM's next turn, if that may come between reads
   * @return the cycle up to which everything has been issued, the given one or a later one
   */
  long issue(long cycle, long until, long end);

  /** Takes over another channel's state. */
  void copyFrom(AccessOrder other);

  /** Adds the state to an image. */
  void show(Image image);
}
