// SPDX-License-Identifier: Apache-2.0
package neupims.engine.journal;

import java.util.List;
import neupims.api.model.AttentionShape;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;

/** Tells programs apart by 64 bits, the same on every machine. */
public final class ProgramDigest {
  private final Digest digest = new Digest();

  private ProgramDigest() {}

  /** Of a program. */
  public static long of(Program program) {
    ProgramDigest of = new ProgramDigest();
    of.program(program);
    return of.digest.value();
  }

  private void program(Program program) {
    digest.add(program.tensors().size());
    for (Tensor tensor : program.tensors()) {
      digest.add(tensor.name());
      digest.add(tensor.bytes());
      digest.add(tensor.kind().name());
    }
    digest.add(program.stages().size());
    for (Stage stage : program.stages()) {
      digest.add(stage.name());
      digest.add(stage.repeat().name());
      digest.add(stage.inBlock() ? 1 : 0);
      numbers(stage.partialSums());
      stage.exchangeCycles().forEach(digest::add);
      digest.add(stage.tasks().size());
      stage.tasks().forEach(this::task);
    }
  }

  private void task(Task task) {
    digest.add(task.name());
    numbers(task.after());
    numbers(task.inputs());
    digest.add(task.output());
    digest.add(task.kernel().getClass().getSimpleName());
    kernel(task.kernel());
  }

  private void kernel(Kernel kernel) {
    if (kernel instanceof Kernel.KvAppend k) {
      chunks(k.chunks());
      numbers(k.firstRows());
      digest.add(k.rows());
      shape(k.shape());
    } else if (kernel instanceof Kernel.Gemm k) {
      digest.add(k.rows(), k.inner(), k.columns());
      digest.add(k.activations().name());
      digest.add(k.weights().name());
    } else if (kernel instanceof Kernel.ExpertGemm k) {
      for (ExpertRows expert : k.experts()) {
        digest.add(expert.expert(), expert.rows());
      }
      digest.add(k.experts().size(), k.inputRows(), k.inner(), k.columns());
      digest.add(k.activations().name());
      digest.add(k.weights().name());
    } else if (kernel instanceof Kernel.Vector k) {
      digest.add(k.op().name());
      digest.add(k.rows(), k.columns());
      digest.add(k.values().name());
    } else if (kernel instanceof Kernel.ExpertSum k) {
      digest.add(k.rows(), k.perToken(), k.columns());
      digest.add(k.values().name());
    } else if (kernel instanceof Kernel.NpuAttention k) {
      attention(k.residents(), k.shape());
    } else if (kernel instanceof Kernel.PrefillAttention k) {
      chunks(k.chunks());
      digest.add(k.firstRow(), k.rows(), k.inChannels() ? 1 : 0);
      shape(k.shape());
    } else if (kernel instanceof Kernel.PimLogitSoftmax k) {
      attention(k.residents(), k.shape());
    } else if (kernel instanceof Kernel.PimAttend k) {
      attention(k.residents(), k.shape());
    } else {
      throw new IllegalStateException("unknown kernel " + kernel);
    }
  }

  private void chunks(List<PrefillChunk> chunks) {
    digest.add(chunks.size());
    for (PrefillChunk chunk : chunks) {
      digest.add(chunk.request(), chunk.channel(), chunk.contextTokens(), chunk.tokens());
    }
  }

  private void attention(List<Resident> residents, AttentionShape shape) {
    digest.add(residents.size());
    for (Resident resident : residents) {
      digest.add(resident.request(), resident.channel(), resident.sequenceTokens());
    }
    shape(shape);
  }

  private void shape(AttentionShape shape) {
    digest.add(shape.heads(), shape.kvHeads(), shape.headDim());
    digest.add(shape.activations().name());
    digest.add(shape.kv().name());
  }

  private void numbers(List<Integer> numbers) {
    digest.add(numbers.size());
    numbers.forEach(digest::add);
  }
}
