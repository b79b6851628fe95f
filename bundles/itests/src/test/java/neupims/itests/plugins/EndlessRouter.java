// SPDX-License-Identifier: Apache-2.0
package neupims.itests.plugins;

import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.workload.Request;

/** Does not come back by itself; gives up its thread when told to, for the sake of other tests. */
public final class EndlessRouter implements Router {
  @Override
  public int route(RouterState state, Request request) {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    return 0;
  }
}
