// SPDX-License-Identifier: Apache-2.0
package neupims.split.none;

import java.util.List;
import neupims.api.program.Resident;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/** Leaves the batch whole: one sub-batch in order of admission. */
@Component(property = "service.description=the whole batch as one sub-batch")
@NeupimsName("none")
public final class WholeBatch implements SubBatchPolicy {
  @Override
  public List<List<Resident>> split(SplitState state) {
    return List.of(state.batch());
  }
}
