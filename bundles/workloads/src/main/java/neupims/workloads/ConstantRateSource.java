// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import java.util.List;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.osgi.service.component.annotations.Component;

/** Request n arrives n / rate seconds after the start; lengths as in {@link DrawnStream}. */
@Component(property = "service.description=requests at equal distances, lengths from the dataset")
@NeupimsName("constant-rate")
public final class ConstantRateSource implements RequestSource {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(Rate.PARAMETER);
  }

  @Override
  public RequestStream open(WorkloadSpec spec) {
    double gap = Rate.gapNanos(spec);
    return new DrawnStream(spec, id -> id * gap);
  }
}
