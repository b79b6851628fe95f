// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.util.Hashtable;
import java.util.Map;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.WaitingRequest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * All there is in a bundle that {@link DropIns} makes: a scheduler that takes in whom it can, and
 * at an iteration that the bundle's manifest names throws, hangs or plans nonsense.
 */
public final class DropInScheduler implements BundleActivator, BatchScheduler {
  static final String NAME = "X-Name";
  static final String AT = "X-At";
  static final String DOES = "X-Does";

  /** A class that stays in memory when its bundle has gone shows on the heap. */
  static final byte[] BALLAST = new byte[1 << 20];

  private long at;
  private String does;

  @Override
  public void start(BundleContext context) {
    var headers = context.getBundle().getHeaders();
    at = Long.parseLong(headers.get(AT));
    does = headers.get(DOES);
    context.registerService(
        BatchScheduler.class, this, new Hashtable<>(Map.of("neupims.name", headers.get(NAME))));
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public IterationPlan plan(ServingState state) {
    if (state.iteration() == at) {
      if (does.equals("throws")) {
        throw new IllegalStateException("dropped in to fail");
      } else if (does.equals("hangs")) {
        hang();
      } else if (does.equals("lies")) {
        return null;
      }
    }
    PlanDraft draft = new PlanDraft(state);
    draft.run(state.running(), false);
    for (WaitingRequest request : state.waiting()) {
      if (draft.preempts() || !draft.admit(request, request.knownTokens(), 0)) {
        break;
      }
    }
    return draft.plan();
  }

  /** Nothing ends it, but that the thread is a daemon. */
  @SuppressWarnings("InfiniteLoopStatement")
  private static void hang() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException deaf) {
        Thread.interrupted();
      }
    }
  }
}
