// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

/** A property cannot be told, as another one is broken; the message says which. */
public final class Untried extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** In words. */
  public Untried(String message) {
    super(message);
  }
}
