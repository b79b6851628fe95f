// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.List;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;

/**
 * A sub-batch on its way through the layers: the layer it is in and the operands that its next part
 * needs. Made by {@link ProgramBuilder#subBatch}; moved on by the parts of {@link StageBuilder}.
 */
public final class SubBatch {
  private static final int NONE = -1;

  private final int number;
  private final List<Resident> residents;
  private final List<PrefillChunk> chunks;
  private final List<PrefillChunk> received;
  private final boolean firstIsDense;
  private int layer;
  private int hidden;
  private int normed = NONE;
  private int qkv = NONE;
  private int attention = NONE;
  private int toAppend = NONE;
  private AttentionUnit unit;

  SubBatch(
      int number,
      List<Resident> residents,
      List<PrefillChunk> chunks,
      List<PrefillChunk> received,
      int hidden,
      boolean firstIsDense) {
    this.number = number;
    this.residents = List.copyOf(residents);
    this.chunks = List.copyOf(chunks);
    this.received = List.copyOf(received);
    this.hidden = hidden;
    this.firstIsDense = firstIsDense;
  }

  /** Number of the sub-batch within the program, from 1: the prefix of its tasks and tensors. */
  public int number() {
    return number;
  }

  /** Its requests that decode. */
  public List<Resident> residents() {
    return residents;
  }

  /** Its parts of prompts, whose rows follow those of the requests that decode. */
  List<PrefillChunk> chunks() {
    return chunks;
  }

  /** K and V of its residents that have come over a link. */
  List<PrefillChunk> received() {
    return received;
  }

  int rows() {
    return residents.size() + chunks.stream().mapToInt(PrefillChunk::tokens).sum();
  }

  int layer() {
    return layer;
  }

  /** Whether the layer is one of the dense ones of a model with experts: the program's first is. */
  boolean inDenseLayer() {
    return layer == 0 && firstIsDense;
  }

  /** The residual stream: what the layer's next normalisation and residual read. */
  int hidden() {
    return hidden;
  }

  void hidden(int tensor) {
    hidden = tensor;
  }

  /** The layer's normalised input, which a parallel feed-forward network may share. */
  int normed() {
    return normed;
  }

  void normed(int tensor) {
    normed = tensor;
  }

  void queried(int tensor) {
    qkv = tensor;
  }

  int takeQkv() {
    int tensor = need(qkv, "its attention needs QKV generation first");
    qkv = NONE;
    return tensor;
  }

  /** The QKV product whose K and V of prompts are not in their channels yet. */
  void toAppend(int tensor) {
    toAppend = tensor;
  }

  /** That product, once; -1 when there is none. */
  int takeToAppend() {
    int tensor = toAppend;
    toAppend = NONE;
    return tensor;
  }

  void attended(int tensor, AttentionUnit on) {
    attention = tensor;
    unit = on;
  }

  /** Where decodes attend, once they have. */
  AttentionUnit unit() {
    return unit;
  }

  int takeAttention() {
    int tensor = need(attention, "its projection needs attention first");
    attention = NONE;
    return tensor;
  }

  void nextLayer() {
    layer++;
  }

  private int need(int tensor, String otherwise) {
    if (tensor == NONE) {
      throw new IllegalStateException(
          "sub-batch %d, layer %d: %s".formatted(number, layer, otherwise));
    }
    return tensor;
  }
}
