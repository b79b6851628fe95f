// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.compile;

import java.util.List;
import neupims.api.model.AttentionShape;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;

/**
 * What the attention kernels have in common.
 *
 * @param residents the requests
 * @param chunks the parts of prompts
 * @param kvHeads heads of K and V
 * @param bytes bytes of the queries, and of the attention
 * @param readsQueries whether it multiplies K
 * @param attends whether it multiplies V
 */
record Attention(
    List<Resident> residents,
    List<PrefillChunk> chunks,
    int kvHeads,
    long bytes,
    boolean readsQueries,
    boolean attends) {

  /** The attention part of a kernel; nothing for no residents when it is another kernel. */
  static Attention of(Kernel kernel) {
    if (kernel instanceof Kernel.NpuAttention k) {
      return of(k.residents(), k.shape(), true, true);
    } else if (kernel instanceof Kernel.PimLogitSoftmax k) {
      return of(k.residents(), k.shape(), true, false);
    } else if (kernel instanceof Kernel.PimAttend k) {
      return of(k.residents(), k.shape(), false, true);
    } else if (kernel instanceof Kernel.PrefillAttention k) {
      long bytes = (long) k.tokens() * k.shape().queryBytes();
      return new Attention(List.of(), k.chunks(), k.shape().kvHeads(), bytes, true, true);
    }
    return new Attention(List.of(), List.of(), 0, 0, false, false);
  }

  private static Attention of(
      List<Resident> residents, AttentionShape shape, boolean readsQueries, boolean attends) {
    long bytes = (long) residents.size() * shape.queryBytes();
    return new Attention(residents, List.of(), shape.kvHeads(), bytes, readsQueries, attends);
  }
}
