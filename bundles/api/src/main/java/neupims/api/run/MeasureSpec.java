// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * What of a run is measured.
 *
 * @param mode how
 * @param warmupIterations snapshots: iterations before the first
 * @param snapshots snapshots: iterations that are simulated on the device
 * @param everyIterations snapshots: iterations from one to the next
 * @param window serving: from when to when
 */
public record MeasureSpec(
    Mode mode, long warmupIterations, int snapshots, long everyIterations, WindowSpec window) {

  /** How a run is measured. */
  public enum Mode {
    /** {@link #SNAPSHOTS} if the requests have no end, {@link #SERVING} otherwise. */
    AUTO,
    /**
     * Few iterations of a full batch are simulated on the device, those before and between take no
     * time and only let lengths grow, finished requests leave and new ones enter, as the paper's
     * warm-up does [P] sec. 7. The KV cache's capacity is reported and not enforced.
     */
    SNAPSHOTS,
    /** Every iteration is simulated, in simulated time. */
    SERVING
  }

  /** Snapshots. */
  public static MeasureSpec snapshots(long warmupIterations, int snapshots, long everyIterations) {
    return new MeasureSpec(
        Mode.SNAPSHOTS, warmupIterations, snapshots, everyIterations, WindowSpec.ALL);
  }

  /** Serving, measured over a window. */
  public static MeasureSpec serving(WindowSpec window) {
    return new MeasureSpec(Mode.SERVING, 0, 1, 1, window);
  }
}
