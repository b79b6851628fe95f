// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

/** A plan that broke a rule. */
final class Breach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Rule rule;

  Breach(Rule rule, String message, Throwable cause) {
    super(message, cause);
    this.rule = rule;
  }

  Rule rule() {
    return rule;
  }
}
