// SPDX-License-Identifier: Apache-2.0
package neupims.api.model;

/** Counts a model's parameters, every bias and normalisation included. */
final class ParameterCount {
  private final DecoderModel model;
  private final long width;

  private ParameterCount(DecoderModel model) {
    this.model = model;
    width = model.embedding();
  }

  static long all(DecoderModel model) {
    int experts = model.experts().map(Experts::count).orElse(0);
    return new ParameterCount(model).with(experts);
  }

  static long active(DecoderModel model) {
    int experts = model.experts().map(Experts::perToken).orElse(0);
    return new ParameterCount(model).with(experts);
  }

  private long with(int experts) {
    long norm = model.block().norm().vectors() * width;
    long block = attention() + model.block().norms() * norm;
    long dense = model.experts().isEmpty() ? model.layers() : model.denseLayers();
    long networks =
        dense * network(model.feedForward()) + (model.layers() - dense) * experts(experts);
    long tables = (model.embeddings().tied() ? 1L : 2L) * model.vocabulary();
    return model.layers() * block
        + networks
        + norm
        + (tables + model.embeddings().positions()) * width;
  }

  private long attention() {
    BlockForm form = model.block();
    long queries = (long) model.heads() * model.headDim();
    long qkv = queries + 2L * model.kvHeads() * model.headDim();
    return width * (qkv + queries)
        + (form.qkvBias() ? qkv : 0)
        + (form.projectionBias() ? width : 0);
  }

  private long experts(int experts) {
    if (model.experts().isEmpty()) {
      return 0;
    }
    Experts e = model.experts().get();
    long router = width * e.count();
    long shared = network(e.shared()) + (e.sharedGate() ? width : 0);
    return router + shared + experts * network(e.feedForward());
  }

  private long network(long inner) {
    if (inner == 0) {
      return 0;
    }
    int matrices = model.block().activation().matrices();
    long biases = model.block().feedForwardBias() ? (matrices - 1) * inner + width : 0;
    return matrices * width * inner + biases;
  }
}
