// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvState;
import neupims.api.schedule.ServingLimits;
import neupims.api.schedule.ServingState;
import neupims.api.unit.Parameters;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;
import neupims.conformance.Untried;
import neupims.conformance.Violation;

/**
 * What every {@link BatchScheduler} must do, tried on random requests and devices. A case that
 * fails is made smaller, a request at a time, before it is shown.
 */
public final class SchedulerProperties {
  private static final int CASES = 300;
  private static final int DETERMINISM_CASES = 60;

  private final Map<String, Object> parameters;
  private List<Optional<Breach>> played;
  private Supplier<BatchScheduler> playedWith;

  /**
   * Properties of one scheduler.
   *
   * @param parameters what differs from the defaults of the scheduler's parameters
   */
  public SchedulerProperties(Map<String, Object> parameters) {
    this.parameters = Map.copyOf(parameters);
  }

  /** The properties. */
  public List<Property<BatchScheduler>> all() {
    List<Property<BatchScheduler>> all = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      all.add(new Property<>(rule.title, rule.promise, fresh -> keeps(rule, fresh)));
    }
    all.add(
        new Property<>(
            "determinism",
            "plans depend on the states alone, neither on earlier calls nor on the instance",
            this::determinism));
    all.add(new Property<>("nothing to do", "nobody there gets an empty plan", this::emptyPlan));
    return all;
  }

  private String keeps(Rule rule, Supplier<BatchScheduler> fresh) {
    int whole = 0;
    Breach other = null;
    for (int number = 0; number < CASES; number++) {
      Optional<Breach> breach = played(fresh).get(number);
      if (breach.isEmpty()) {
        whole++;
      } else if (breach.get().rule() == rule) {
        throw shown(ServingCase.random(number, CASES), breach.get(), number, fresh);
      } else {
        other = breach.get();
      }
    }
    if (other == null) {
      return CASES + " cases";
    }
    // What broke it is said there.
    throw new Untried(
        "%d of %d cases to their end; %s is broken".formatted(whole, CASES, other.rule().title));
  }

  /** How each case ends; the rules look at the same plays. */
  private synchronized List<Optional<Breach>> played(Supplier<BatchScheduler> fresh) {
    if (playedWith != fresh) {
      List<Optional<Breach>> ends = new ArrayList<>();
      for (int number = 0; number < CASES; number++) {
        ends.add(play(ServingCase.random(number, CASES), fresh));
      }
      played = ends;
      playedWith = fresh;
    }
    return played;
  }

  private Optional<Breach> play(ServingCase any, Supplier<BatchScheduler> fresh) {
    try {
      harness(any, fresh.get()).serve();
      return Optional.empty();
    } catch (Breach breach) {
      return Optional.of(breach);
    }
  }

  private Violation shown(
      ServingCase found, Breach first, int number, Supplier<BatchScheduler> fresh) {
    ServingCase smallest = found;
    Breach breach = first;
    for (int index = found.requests().size() - 1; index >= 0; index--) {
      if (smallest.requests().size() > 1) {
        ServingCase smaller = smallest.without(index);
        Optional<Breach> again = play(smaller, fresh);
        if (again.isPresent() && again.get().rule() == first.rule()) {
          smallest = smaller;
          breach = again.get();
        }
      }
    }
    Violation violation =
        new Violation(
            "%s; case %d, made small: %s".formatted(breach.getMessage(), number, smallest));
    violation.initCause(breach);
    return violation;
  }

  private String determinism(Supplier<BatchScheduler> fresh) {
    for (int number = 0; number < DETERMINISM_CASES; number++) {
      ServingCase any = ServingCase.random(number, DETERMINISM_CASES);
      BatchScheduler used = fresh.get();
      List<IterationPlan> first = plans(any, used);
      String what = "plans of case " + number + ", " + any;
      Expect.equal(first, plans(any, used), what + " asked again");
      Expect.equal(first, plans(any, fresh.get()), what + " of another instance");
    }
    return DETERMINISM_CASES + " cases, three times each";
  }

  private List<IterationPlan> plans(ServingCase any, BatchScheduler scheduler) {
    SchedulerHarness harness = harness(any, scheduler);
    try {
      harness.serve();
    } catch (Breach other) {
      return harness.plans(); // Another property says so; up to there plans can be compared.
    }
    return harness.plans();
  }

  private String emptyPlan(Supplier<BatchScheduler> fresh) {
    BatchScheduler scheduler = fresh.get();
    ServingState empty =
        new ServingState(
            3,
            9,
            List.of(),
            List.of(),
            new ServingLimits(8, 100, 100, false),
            new KvState(tokens -> tokens, 1000, new long[] {1000, 1000}, 0),
            allParameters(scheduler),
            1);
    Expect.equal(IterationPlan.IDLE, scheduler.plan(empty), "plan with nobody there");
    return "an empty device";
  }

  private SchedulerHarness harness(ServingCase any, BatchScheduler scheduler) {
    return new SchedulerHarness(any, scheduler, allParameters(scheduler));
  }

  private Parameters allParameters(BatchScheduler scheduler) {
    Map<String, Object> values = new HashMap<>(Cases.defaults(scheduler.parameters()).values());
    values.putAll(parameters);
    return new Parameters(values);
  }
}
