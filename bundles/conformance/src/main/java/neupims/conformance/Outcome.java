// SPDX-License-Identifier: Apache-2.0
package neupims.conformance;

import java.util.Optional;

/**
 * What became of a property.
 *
 * @param name the property's name
 * @param end how it was told
 * @param detail what was tried, or what the plug-in did instead; one line
 * @param cause what was thrown where it does not hold; empty after a time limit
 */
public record Outcome(String name, End end, String detail, Optional<Throwable> cause) {
  /** How a trial ends. */
  public enum End {
    /** It holds as far as was tried. */
    HOLDS,
    /** It does not. */
    BROKEN,
    /** The plug-in has not come back within the limit. */
    HANGS,
    /** Another property's breach kept this one from being tried to the end. */
    UNTRIED
  }

  /** Whether it holds as far as was tried. */
  public boolean pass() {
    return end == End.HOLDS;
  }
}
