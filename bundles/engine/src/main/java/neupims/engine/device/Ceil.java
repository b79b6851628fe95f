// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

/** Division that rounds up, which {@link Math} has from Java 18 only. */
final class Ceil {
  private Ceil() {}

  /** The least whole number not under {@code dividend / divisor}; the divisor is positive. */
  static long div(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
