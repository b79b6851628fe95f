// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

/**
 * A matrix in the device's memory that tasks read or write.
 *
 * @param name unique within the program, for messages and timelines
 * @param bytes size in bytes, at least 1
 * @param kind what it holds
 */
public record Tensor(String name, long bytes, Kind kind) {
  /** What a tensor holds; weights are read only. */
  public enum Kind {
    WEIGHT,
    ACTIVATION
  }
}
