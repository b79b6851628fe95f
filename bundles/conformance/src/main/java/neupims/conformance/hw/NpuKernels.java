// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import neupims.api.program.VectorOp;
import neupims.conformance.Cases;

/** Kernels of all kinds that an NPU takes part in. */
final class NpuKernels {
  private static final AttentionShape SHARED =
      new AttentionShape(8, 2, 64, DataType.FP16, DataType.FP8);

  private NpuKernels() {}

  /** Fixed corners and random shapes, the same each time. */
  static List<Kernel> all() {
    List<Kernel> kernels = new ArrayList<>();
    kernels.add(new Kernel.Gemm(1, 1, 1));
    kernels.add(new Kernel.Gemm(128, 128, 128));
    kernels.add(new Kernel.Gemm(129, 127, 1));
    kernels.add(new Kernel.Gemm(256, 4096, 1024, DataType.FP16, DataType.FP8));
    Random random = new Random(1);
    for (int i = 0; i < 12; i++) {
      kernels.add(
          new Kernel.Gemm(
              Cases.between(random, 1, 300),
              Cases.between(random, 1, 900),
              Cases.between(random, 1, 900)));
    }
    for (VectorOp op : VectorOp.values()) {
      kernels.add(
          new Kernel.Vector(op, Cases.between(random, 1, 300), Cases.between(random, 1, 2000)));
    }
    List<ExpertRows> experts =
        List.of(new ExpertRows(0, 7), new ExpertRows(3, 40), new ExpertRows(4, 17));
    kernels.add(new Kernel.ExpertGemm(experts, 64, 96, 200, DataType.FP16, DataType.FP16));
    kernels.add(new Kernel.ExpertGemm(experts, 40, 96, 200, DataType.FP16, DataType.FP16));
    kernels.add(new Kernel.ExpertSum(33, 2, 500, DataType.FP16));
    for (AttentionShape shape : List.of(AttentionShape.multiHead(8, 128), SHARED)) {
      List<Resident> residents = Cases.residents(random, 9, 32);
      kernels.add(new Kernel.NpuAttention(residents, shape));
      kernels.add(new Kernel.PimLogitSoftmax(residents, shape));
      List<PrefillChunk> chunks =
          List.of(new PrefillChunk(1, 0, 0, 40), new PrefillChunk(2, 3, 150, 25));
      kernels.add(new Kernel.PrefillAttention(chunks, 5, 80, false, shape));
    }
    return kernels;
  }

  /** Multiply-accumulates that a kernel needs; vector work has none. */
  static long macs(Kernel kernel) {
    if (kernel instanceof Kernel.Gemm k) {
      return (long) k.rows() * k.inner() * k.columns();
    } else if (kernel instanceof Kernel.ExpertGemm k) {
      return (long) k.rows() * k.inner() * k.columns();
    } else if (kernel instanceof Kernel.NpuAttention k) {
      long tokens = k.residents().stream().mapToLong(Resident::sequenceTokens).sum();
      return 2 * tokens * k.shape().width();
    } else if (kernel instanceof Kernel.PrefillAttention k) {
      long pairs = 0;
      for (PrefillChunk chunk : k.chunks()) {
        long tokens = chunk.tokens();
        pairs += tokens * chunk.contextTokens() + tokens * (tokens + 1) / 2;
      }
      return 2 * pairs * k.shape().width();
    }
    return 0;
  }
}
