// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import java.util.List;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.osgi.service.component.annotations.Component;

/**
 * A Poisson process: the gaps between arrivals are exponential with mean 1 / rate. Lengths as in
 * {@link DrawnStream}.
 */
@Component(property = "service.description=Poisson arrivals at a rate, lengths from the dataset")
@NeupimsName("poisson")
public final class PoissonSource implements RequestSource {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(Rate.PARAMETER);
  }

  @Override
  public RequestStream open(WorkloadSpec spec) {
    return new DrawnStream(spec, gaps(spec));
  }

  static RandomGaps gaps(WorkloadSpec spec) {
    double mean = Rate.gapNanos(spec);
    return new RandomGaps(spec.seed(), random -> ZigguratSampler.Exponential.of(random, mean));
  }
}
