// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

/**
 * What connects the devices that share a model, as data.
 *
 * @param model name of the {@link Interconnect}
 * @param bytesPerSecond of one link in one direction
 * @param latencyNanos of one message over one link, whatever its size
 */
public record InterconnectSpec(String model, long bytesPerSecond, long latencyNanos) {
  /** Name of the interconnect that takes no time. */
  public static final String NONE = "none";

  /** Devices that exchange nothing, or in no time. */
  public static InterconnectSpec none() {
    return new InterconnectSpec(NONE, 1, 0);
  }

  /** Time of one message over one link in seconds: latency plus bytes / bandwidth. */
  public double messageSeconds(double bytes) {
    return latencyNanos * 1e-9 + bytes / bytesPerSecond;
  }
}
