// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import java.util.List;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.osgi.service.component.annotations.Component;

/**
 * Gamma-distributed gaps between arrivals with mean 1 / rate and a given coefficient of variation
 * (standard deviation over mean) cv: shape 1 / cv^2, scale cv^2 / rate. Above 1 requests come in
 * bursts, 1 is a Poisson process, towards 0 they come at equal distances. Lengths as in {@link
 * DrawnStream}.
 */
@Component(property = "service.description=arrivals in bursts, by a coefficient of variation")
@NeupimsName("gamma")
public final class GammaSource implements RequestSource {
  private static final String CV = "cv";

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        Rate.PARAMETER,
        ParameterSpec.real(
            CV, 0.01, 100, "standard deviation of the gaps between arrivals over their mean"));
  }

  @Override
  public RequestStream open(WorkloadSpec spec) {
    return new DrawnStream(spec, gaps(spec));
  }

  static RandomGaps gaps(WorkloadSpec spec) {
    double cv = spec.parameters().real(CV);
    double shape = 1 / (cv * cv);
    double scale = Rate.gapNanos(spec) / shape;
    return new RandomGaps(
        spec.seed(), random -> AhrensDieterMarsagliaTsangGammaSampler.of(random, shape, scale));
  }
}
