// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

/**
 * A command that must not have been issued.
 *
 * @param rule the rule it breaks, by its JEDEC name where it has one
 * @param earlier the command that it conflicts with, null when it is a state that is wrong
 * @param later the command
 * @param legalFrom first cycle at which it would have been legal, -1 when none would
 */
public record Violation(String rule, IssuedCommand earlier, IssuedCommand later, long legalFrom) {

  @Override
  public String toString() {
    String text = rule + ": " + later;
    if (earlier != null) {
      text += " after " + earlier;
    }
    return legalFrom < 0 ? text : text + ", legal from cycle " + legalFrom;
  }
}
