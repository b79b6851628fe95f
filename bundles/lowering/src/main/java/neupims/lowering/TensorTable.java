// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import neupims.api.model.Precision;
import neupims.api.program.Tensor;

/** The tensors of a program under construction, each created when it is first named. */
final class TensorTable {
  private final Precision precision;
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, Integer> weights = new HashMap<>();

  TensorTable(Precision precision) {
    this.precision = precision;
  }

  /** The weights of a layer's matrix: the same tensor for every sub-batch. */
  int weight(int layer, String matrix, long rows, long columns) {
    String name = "layer%d.%s.weight".formatted(layer, matrix);
    long bytes = rows * columns * precision.weights().bytes();
    return weights.computeIfAbsent(name, n -> add(n, bytes, Tensor.Kind.WEIGHT));
  }

  /** A new activation of a sub-batch at a layer. */
  int activation(int subBatch, int layer, String task, long rows, long columns) {
    String name = "%d.layer%d.%s".formatted(subBatch, layer, task);
    return add(name, rows * columns * precision.activations().bytes(), Tensor.Kind.ACTIVATION);
  }

  List<Tensor> tensors() {
    return tensors;
  }

  private int add(String name, long bytes, Tensor.Kind kind) {
    tensors.add(new Tensor(name, bytes, kind));
    return tensors.size() - 1;
  }
}
