// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

/** Integrals over simulated time since the window opened, of what is constant between events. */
final class TimeTally {
  private final long openedNanos;
  private long nowNanos;
  private double busyNanos;
  private double inSystem;
  private double inService;
  private double allocatedBlocks;
  private double usedBytes;
  private double swapNanos;

  TimeTally(long openedNanos) {
    this.openedNanos = openedNanos;
    nowNanos = openedNanos;
  }

  /** Time passes with so many in the system and in service, and so much KV cache. */
  void pass(long toNanos, boolean busy, int system, int service, long blocks, double bytes) {
    double nanos = toNanos - nowNanos;
    nowNanos = toNanos;
    busyNanos += busy ? nanos : 0;
    inSystem += nanos * system;
    inService += nanos * service;
    allocatedBlocks += nanos * blocks;
    usedBytes += nanos * bytes;
  }

  /** Somebody arrived before now and has been in the system since. */
  void arrivedBefore(long arrivalNanos) {
    inSystem += nowNanos - Math.max(openedNanos, Math.min(arrivalNanos, nowNanos));
  }

  /** Somebody left the system before now and has been counted until now. */
  void leftBefore(long nanos) {
    inSystem -= nowNanos - Math.max(openedNanos, Math.min(nanos, nowNanos));
  }

  void swap(long nanos) {
    swapNanos += nanos;
  }

  long nowNanos() {
    return nowNanos;
  }

  double busyFraction() {
    return mean(busyNanos);
  }

  double meanInSystem() {
    return mean(inSystem);
  }

  double meanInService() {
    return mean(inService);
  }

  double meanAllocatedBlocks() {
    return mean(allocatedBlocks);
  }

  double meanUsedBytes() {
    return mean(usedBytes);
  }

  double swapSeconds() {
    return swapNanos / 1e9;
  }

  private double mean(double integral) {
    double nanos = nowNanos - openedNanos;
    return nanos == 0 ? 0 : integral / nanos;
  }
}
