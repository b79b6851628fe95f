// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * What one device holds of a model: {@code 1/tensor} of every block's heads and columns, and {@code
 * 1/pipeline} of the layers (rounded up: the deepest stage sets the pace).
 *
 * @param model the whole model
 * @param parallelism how it is spread
 */
public record ModelShard(DecoderModel model, Parallelism parallelism) {
  /**
   * Checks that the shares are whole.
   *
   * @throws IllegalArgumentException if heads or feed-forward columns do not divide by the tensor
   *     degree, or there are more pipeline stages than layers
   */
  public ModelShard {
    int tp = parallelism.tensor();
    if (model.heads() % tp != 0 || model.feedForward() % tp != 0) {
      throw new IllegalArgumentException(
          "tp %d does not divide %s: it has %d heads and %d feed-forward columns"
              .formatted(tp, model.name(), model.heads(), model.feedForward()));
    }
    if (parallelism.pipeline() > model.layers()) {
      throw new IllegalArgumentException(
          "pp %d is more than the %d layers of %s"
              .formatted(parallelism.pipeline(), model.layers(), model.name()));
    }
  }

  /** Layers on the device with the most of them. */
  public int layers() {
    return (model.layers() + parallelism.pipeline() - 1) / parallelism.pipeline();
  }

  /** Attention heads on this device. */
  public int heads() {
    return model.heads() / parallelism.tensor();
  }

  /** Width of this device's share of Q, K or V in values (heads times head dimension). */
  public int attentionWidth() {
    return heads() * model.headDim();
  }

  /** This device's share of the feed-forward network's inner width in values. */
  public int feedForward() {
    return model.feedForward() / parallelism.tensor();
  }

  /** Bytes of one block's weights on this device. */
  public long blockWeightBytes() {
    return model.blockWeights() / parallelism.tensor() * model.bytesPerValue();
  }

  /** Bytes of all weights on this device (blocks only; the embedding stays with the host). */
  public long weightBytes() {
    return blockWeightBytes() * layers();
  }
}
