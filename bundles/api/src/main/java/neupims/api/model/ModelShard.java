// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/**
 * What one device holds of a model: {@code 1/tensor} of every block's heads and columns, of each
 * expert's too, and {@code 1/pipeline} of the layers (rounded up: the deepest stage sets the pace).
 * With fewer KV heads than tensor-parallel devices each KV head is on several of them; the router
 * of experts is on all.
 *
 * @param model the whole model
 * @param parallelism how it is spread
 */
public record ModelShard(DecoderModel model, Parallelism parallelism) {
  /**
   * Checks that the shares are whole.
   *
   * @throws IllegalArgumentException if heads, KV heads or feed-forward columns cannot be spread
   *     evenly over the tensor degree, or there are more pipeline stages than layers
   */
  public ModelShard {
    int tp = parallelism.tensor();
    if (model.heads() % tp != 0 || model.feedForward() % tp != 0) {
      throw new IllegalArgumentException(
          "tp %d does not divide %s: it has %d heads and %d feed-forward columns"
              .formatted(tp, model.name(), model.heads(), model.feedForward()));
    }
    if (model.kvHeads() % tp != 0 && tp % model.kvHeads() != 0) {
      throw new IllegalArgumentException(
          "tp %d neither divides the %d KV heads of %s nor is a multiple of them"
              .formatted(tp, model.kvHeads(), model.name()));
    }
    model.experts().ifPresent(experts -> checkExperts(experts, tp, model.name()));
    if (parallelism.pipeline() > model.layers()) {
      throw new IllegalArgumentException(
          "pp %d is more than the %d layers of %s"
              .formatted(parallelism.pipeline(), model.layers(), model.name()));
    }
    int first = ownLayers(model, parallelism, 0);
    if (model.denseLayers() >= first && model.denseLayers() > 0) {
      throw new IllegalArgumentException(
          "pp %d leaves the first device %d of the layers of %s, which are all among its %d dense ones"
              .formatted(parallelism.pipeline(), first, model.name(), model.denseLayers()));
    }
  }

  private static int ownLayers(DecoderModel model, Parallelism parallelism, int device) {
    int depth = parallelism.pipeline();
    return model.layers() / depth + (device < model.layers() % depth ? 1 : 0);
  }

  private static void checkExperts(Experts experts, int tp, String name) {
    if (experts.feedForward() % tp != 0 || experts.shared() % tp != 0) {
      throw new IllegalArgumentException(
          "tp %d does not divide the experts of %s: they have %d feed-forward columns, what they share %d"
              .formatted(tp, name, experts.feedForward(), experts.shared()));
    }
  }

  /** Layers on the device with the most of them, the first. */
  public int layers() {
    return ownLayers(model, parallelism, 0);
  }

  /**
   * Layers of a device of the pipeline: consecutive ones, as evenly as they divide; dense ones are
   * the first device's.
   *
   * @param device from 0
   */
  public Layers layers(int device) {
    int own = ownLayers(model, parallelism, device);
    return new Layers(own, device == 0 ? model.denseLayers() : 0);
  }

  /** Query heads on this device. */
  public int heads() {
    return model.heads() / parallelism.tensor();
  }

  /** KV heads on this device, at least one. */
  public int kvHeads() {
    return Math.max(1, model.kvHeads() / parallelism.tensor());
  }

  /** A layer's attention on this device. */
  public AttentionShape attention() {
    Precision precision = model.precision();
    return new AttentionShape(
        heads(), kvHeads(), model.headDim(), precision.activations(), precision.kv());
  }

  /** Width of this device's share of the queries in values (heads times head dimension). */
  public int attentionWidth() {
    return heads() * model.headDim();
  }

  /** Width of this device's share of Q, K and V together in values. */
  public int qkvWidth() {
    return attentionWidth() + 2 * kvHeads() * model.headDim();
  }

  /**
   * This device's share of the feed-forward network's inner width in values; 0 without dense
   * layers.
   */
  public int feedForward() {
    return model.feedForward() / parallelism.tensor();
  }

  /** This device's share of an expert's inner width in values, 0 without experts. */
  public int expertFeedForward() {
    return model.experts().map(Experts::feedForward).orElse(0) / parallelism.tensor();
  }

  /** This device's share of the inner width of what experts share in values, 0 for nothing. */
  public int sharedFeedForward() {
    return model.experts().map(Experts::shared).orElse(0) / parallelism.tensor();
  }

  /** Bytes of one block's matrices on this device; with experts, of one that has them, all. */
  public long blockWeightBytes() {
    if (model.experts().isEmpty()) {
      return denseBlockWeightBytes();
    }
    int experts = model.experts().get().count();
    return blockWeightBytes(sharedFeedForward() + (long) experts * expertFeedForward(), experts);
  }

  /** Bytes of the matrices of a block with a plain feed-forward network on this device. */
  public long denseBlockWeightBytes() {
    return blockWeightBytes(feedForward(), 0);
  }

  private long blockWeightBytes(long inner, int routes) {
    long network = model.block().activation().matrices() * inner + routes;
    long columns = qkvWidth() + attentionWidth() + network;
    return model.embedding() * columns * model.precision().weights().bytes();
  }

  /**
   * Bytes of all matrices on the device of the pipeline that holds the most (blocks only; the
   * embedding stays with the host).
   */
  public long weightBytes() {
    long most = 0;
    for (int device = 0; device < parallelism.pipeline(); device++) {
      Layers own = layers(device);
      most =
          Math.max(most, own.dense() * denseBlockWeightBytes() + own.others() * blockWeightBytes());
    }
    return most;
  }

  /**
   * Bytes that a token's K and V take in all layers on this device, without empty room in pages.
   */
  public long kvBytesPerToken() {
    return 2L * layers() * attention().tokenBytes();
  }
}
