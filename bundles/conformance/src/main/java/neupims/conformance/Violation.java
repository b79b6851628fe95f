// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

/** A plug-in did not do what its interface promises; the message says what it did instead. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  /** A violation in words. */
  public Violation(String message) {
    super(message);
  }
}
