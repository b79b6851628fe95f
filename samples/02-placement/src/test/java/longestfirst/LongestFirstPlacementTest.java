// SPDX-License-Identifier: Apache-2.0
package longestfirst;

import neupims.api.schedule.KvPlacement;
import neupims.testkit.KvPlacementContract;

final class LongestFirstPlacementTest extends KvPlacementContract {
  @Override
  protected KvPlacement placement() {
    return new LongestFirstPlacement();
  }
}
