// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

/** Collects the first rule that a command breaks. */
final class Gate {
  private final IssuedCommand later;
  private Violation violation;

  Gate(IssuedCommand later) {
    this.later = later;
  }

  /** The command must not come before {@code cycles} have passed since an earlier one. */
  void after(String rule, IssuedCommand earlier, long cycles) {
    if (earlier != null) {
      from(rule, earlier, earlier.cycle() + cycles);
    }
  }

  /** The command must not come before a cycle that an earlier one has set. */
  void from(String rule, IssuedCommand earlier, long cycle) {
    if (violation == null && later.cycle() < cycle) {
      violation = new Violation(rule, earlier, later, cycle);
    }
  }

  /** A state in which the command is allowed at all. */
  void state(String rule, boolean holds, IssuedCommand earlier) {
    if (violation == null && !holds) {
      violation = new Violation(rule, earlier, later, -1);
    }
  }

  /** The first broken rule, or null. */
  Violation violation() {
    return violation;
  }
}
