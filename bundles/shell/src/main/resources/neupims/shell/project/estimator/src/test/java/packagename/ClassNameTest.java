// SPDX-License-Identifier: Apache-2.0
package packagename;

import neupims.api.schedule.GemvEstimator;
import neupims.testkit.GemvEstimatorContract;

/** What the interface promises; tests of your own go beside it. */
final class ClassNameTest extends GemvEstimatorContract {
  @Override
  protected GemvEstimator estimator() {
    return new ClassName();
  }
}
