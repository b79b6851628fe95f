// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * Rows only: the time of K q and V logit is that of the rows of K and V, each opened once, divided
 * among the banks; what a row costs is one number.
 */
@Component(property = "service.description=rows of K and V over the banks, a fixed time each")
@NeupimsName("plugin-name")
public final class ClassName implements GemvEstimator {
  /** Memory cycles to open a row of all banks, compute on it and close it. ASSUMED. */
  private static final long ROW_CYCLES = 120;

  @Override
  public long estimateCycles(GemvShape shape, int sequenceTokens) {
    long values = 2L * sequenceTokens * shape.heads() * shape.headDim();
    long valuesOfTile = (long) shape.rowValues() * shape.banks();
    return ROW_CYCLES * ((values + valuesOfTile - 1) / valuesOfTile);
  }
}
