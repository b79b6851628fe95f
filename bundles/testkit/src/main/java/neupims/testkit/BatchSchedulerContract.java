// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvState;
import neupims.api.schedule.ServingLimits;
import neupims.api.schedule.ServingState;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BatchScheduler} must do, tried on random requests and devices (jqwik prints the
 * smallest case that fails, and its seed). A subclass may try other parameters than the defaults.
 */
public abstract class BatchSchedulerContract {
  /** The scheduler under test, a new one at each call. */
  protected abstract BatchScheduler scheduler();

  /** What differs from the defaults of its parameters. */
  protected Map<String, Object> parameters() {
    return Map.of();
  }

  /** Every parameter with its default or what {@link #parameters()} says. */
  protected final Parameters allParameters() {
    Map<String, Object> values = new HashMap<>(Cases.defaults(scheduler().parameters()).values());
    values.putAll(parameters());
    return new Parameters(values);
  }

  /** Devices and requests. */
  @Provide
  public Arbitrary<ServingCase> cases() {
    return ServingCase.any();
  }

  /**
   * Every request is served to its end, once, in finite time; no KV block is lost, made or taken
   * twice; batch and token budget are kept to; nobody is served before it arrives, no token comes
   * before all tokens ahead of it have been worked on.
   */
  @Property(tries = 300, seed = "1")
  public void everyRequestIsServedOnceWithinTheLimits(@ForAll("cases") ServingCase any) {
    Map<Long, List<Long>> tokens = new SchedulerHarness(any, scheduler(), allParameters()).serve();
    for (Request request : any.requests()) {
      long before = request.arrivalNanos();
      for (long at : tokens.get(request.id())) {
        assertTrue(at > before, () -> "token at " + at + " of " + request);
        before = at;
      }
    }
  }

  /** The answers depend on the states alone, neither on earlier calls nor on the instance. */
  @Property(tries = 50, seed = "2")
  public void theSameRequestsGetTheSamePlans(@ForAll("cases") ServingCase any) {
    BatchScheduler used = scheduler();
    SchedulerHarness first = new SchedulerHarness(any, used, allParameters());
    SchedulerHarness second = new SchedulerHarness(any, used, allParameters());
    SchedulerHarness other = new SchedulerHarness(any, scheduler(), allParameters());
    first.serve();
    second.serve();
    other.serve();
    assertEquals(first.plans(), second.plans());
    assertEquals(first.plans(), other.plans());
  }

  /** Nobody there: nothing to do. */
  @Test
  public void nobodyThereGivesAnEmptyPlan() {
    ServingState empty =
        new ServingState(
            3,
            9,
            List.of(),
            List.of(),
            new ServingLimits(8, 100, 100, false),
            new KvState(tokens -> tokens, 1000, new long[] {1000, 1000}, 0),
            allParameters(),
            1);
    assertEquals(IterationPlan.IDLE, scheduler().plan(empty));
  }
}
