// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.List;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.program.Kernel;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import org.osgi.service.component.annotations.Component;

/**
 * Times kernels on systolic arrays with stationary activations, [P] sec. 5 and [R]. The rules and
 * the figures that show them are in the README of this folder.
 */
@Component(
    property =
        "service.description=systolic arrays with stationary activations, SIMD vector units,"
            + " double-buffered tiles")
@NeupimsName("systolic")
public final class SystolicNpu implements NpuModel {
  @Override
  public List<ParameterSpec> parameters() {
    return SystolicParameters.SPECS;
  }

  @Override
  public NpuPlan plan(NpuSpec spec, Kernel kernel) {
    SystolicParameters parameters = SystolicParameters.of(spec);
    if (kernel instanceof Kernel.Gemm gemm) {
      return new GemmPlanner(spec, parameters).plan(gemm);
    }
    if (kernel instanceof Kernel.ExpertGemm experts) {
      return new GemmPlanner(spec, parameters).plan(experts);
    }
    if (kernel instanceof Kernel.ExpertSum sum) {
      return new ExpertSumPlanner(spec, parameters).plan(sum);
    }
    if (kernel instanceof Kernel.Vector vector) {
      return new VectorPlanner(spec, parameters).plan(vector);
    }
    if (kernel instanceof Kernel.NpuAttention attention) {
      return parameters.drainedAttention()
          ? new DrainedAttention(spec, parameters).plan(attention)
          : new StreamedAttention(spec, parameters).plan(attention);
    }
    if (kernel instanceof Kernel.PrefillAttention prefill) {
      return new PrefillPlanner(spec, parameters).plan(prefill);
    }
    if (kernel instanceof Kernel.PimLogitSoftmax logit) {
      return new SoftmaxPlanner(spec, parameters).plan(logit);
    }
    throw new IllegalArgumentException(
        "npu model systolic has no part in a " + kernel.getClass().getSimpleName());
  }
}
