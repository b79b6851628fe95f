// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import neupims.api.unit.NeupimsName;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.osgi.service.component.annotations.Component;

/** All requests arrive at time 0; lengths as in {@link DrawnStream}. */
@Component(property = "service.description=all requests arrive at time 0, lengths from the dataset")
@NeupimsName("all-at-once")
public final class AllAtOnceSource implements RequestSource {
  @Override
  public boolean allAtOnce() {
    return true;
  }

  @Override
  public RequestStream open(WorkloadSpec spec) {
    return new DrawnStream(spec, id -> 0);
  }
}
