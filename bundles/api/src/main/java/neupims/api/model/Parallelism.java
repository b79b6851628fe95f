// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * How a model is spread over devices.
 *
 * @param tensor tensor-parallel degree: devices that share each block's heads and columns
 * @param pipeline pipeline-parallel degree: consecutive groups of layers
 */
public record Parallelism(int tensor, int pipeline) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a degree is under 1
   */
  public Parallelism {
    if (tensor < 1 || pipeline < 1) {
      throw new IllegalArgumentException(
          "parallel degrees must be at least 1, not tp " + tensor + " and pp " + pipeline);
    }
  }
}
