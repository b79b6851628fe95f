// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.unit.InputException;

/**
 * What happens between two iterations: swaps that are due, whatever was asked from outside, and
 * policies whose bundles have changed or gone. Iterations are counted over all replicas, in the
 * order in which they begin.
 *
 * <pre>
 * Variant.live().swaps --.
 * Control (pause, swap) --+--> Policies
 * Plugins.changes --------'      '-> Happenings: events, swaps as they happened
 *        '------------------------> BoundForTheRun: says so
 * a call in trouble ------------> fallback, or the end
 * </pre>
 *
 * What comes from outside is looked at once, when the iteration before has just begun and the next
 * is first thought of, so that it can be written down as before that iteration and comes at the
 * same point when run again. Swaps at a time are looked for whenever an iteration might begin.
 */
final class Boundary implements Rescue {
  private final Policies policies;
  private final PolicySelection selection;
  private final Control control;
  private final Watch watch;
  private final Happenings happenings;
  private final FailureFile failures;
  private final BoundForTheRun kept;

  /** Planned: between iterations, and where a call was in trouble when the run was recorded. */
  private final List<Swap> due = new ArrayList<>();

  private final List<Swap> troubles = new ArrayList<>();

  /** Digests of the bundles that the policies are of, as they were bound. */
  private final Map<PluginKind<?>, String> contents = new HashMap<>();

  private long begun;

  /** Iterations begun when somebody last looked for what comes from outside. */
  private long looked;

  private long seen;
  private long nowNanos;

  /**
   * Before the first iteration.
   *
   * @param knownUntil iterations before which all is known that came from outside
   */
  Boundary(
      Policies policies,
      PolicySelection selection,
      Control control,
      Watch watch,
      Happenings happenings,
      FailureFile failures,
      BoundForTheRun kept,
      long knownUntil) {
    this.kept = kept;
    looked = knownUntil - 1;
    this.policies = policies;
    this.selection = selection;
    this.control = control;
    this.watch = watch;
    this.happenings = happenings;
    this.failures = failures;
    for (Swap swap : happenings.swaps()) {
      if (swap.what().equals(Swap.FAILED) || swap.what().equals(Swap.TIMEOUT)) {
        troubles.add(swap);
      } else if (!swap.what().equals(Swap.START)) {
        due.add(swap);
      }
    }
    seen = watch.changes();
    for (PluginKind<?> kind : policies.kinds()) {
      contents.put(kind, watch.content(policies.get(kind).info()));
    }
    policies.rescuedBy(this);
  }

  /** An iteration may begin. */
  void before(long now) {
    nowNanos = now;
    if (!due.isEmpty()) {
      planned();
    }
    if (looked < begun) {
      looked = begun;
      boolean asked = control.asked();
      if (asked) {
        control.take().forEach(this::asked);
      }
      if (asked || seen != watch.changes()) {
        changed();
      }
    }
  }

  /** An iteration has begun. */
  void begun() {
    begun++;
    policies.begun();
  }

  /** Iterations begun. */
  long iterations() {
    return begun;
  }

  private void planned() {
    for (int i = 0; i < due.size(); i++) {
      Swap swap = due.get(i);
      if (isDue(swap.at())) {
        due.remove(i--);
        come(swap);
      }
    }
  }

  private void come(Swap swap) {
    if (swap.what().equals(Swap.KEPT)) {
      kept.planned(swap, begun, nowNanos);
      return;
    }
    PluginInfo from = policies.get(swap.to().kind()).info();
    PluginInfo to = swap.what().equals(Swap.LOST) ? null : bind(swap.to());
    happenings.planned(swap, begun, nowNanos, from, to);
  }

  private boolean isDue(Moment at) {
    return at.iteration().isPresent()
        ? at.iteration().get() <= begun
        : at.seconds().orElseThrow() * 1e9 <= nowNanos;
  }

  private PluginInfo bind(PolicyChoice choice) {
    Bound<?> bound = selection.bind(choice);
    policies.set(choice.kind(), bound);
    contents.put(choice.kind(), watch.content(bound.info()));
    control.policies(policies.infos());
    return bound.info();
  }

  private void asked(PolicyChoice to) {
    try {
      turn(Moment.atIteration(begun), to, Swap.SWAP, "");
    } catch (InputException gone) {
      // It was there when somebody asked for it.
      watch.notice("nothing is swapped: " + gone.getMessage());
    }
  }

  /** Turns to a policy that was not planned. */
  private void turn(Moment at, PolicyChoice choice, String what, String why) {
    PluginInfo from = policies.get(choice.kind()).info();
    PluginInfo to = bind(choice);
    Optional<String> version = Optional.of(to.version());
    PolicyChoice pinned =
        new PolicyChoice(choice.kind(), choice.name(), version, choice.parameters());
    happenings.unforeseen(new Swap(at, pinned, what, why), begun, nowNanos, from, to);
  }

  /** Some plug-in has come, gone or changed. */
  private void changed() {
    do {
      seen = watch.changes();
      for (PluginKind<?> kind : policies.kinds()) {
        Bound<?> bound = policies.get(kind);
        switch (watch.look(kind, bound)) {
          case SAME -> {}
          case CHANGED -> updated(kind, bound);
          case GONE -> gone(kind, bound);
        }
      }
      kept.look(begun, nowNanos);
    } while (seen != watch.changes());
  }

  private PolicyChoice again(PluginKind<?> kind) {
    Bound<?> bound = policies.get(kind);
    return new PolicyChoice(kind, bound.info().name(), bound.parameters());
  }

  private void gone(PluginKind<?> kind, Bound<?> bound) {
    Watch.End end = watch.wait(kind, bound, begun);
    PluginInfo was = bound.info();
    boolean updated =
        end == Watch.End.BACK
            && watch.now(kind, bound).filter(info -> !info.equals(was)).isPresent();
    if (updated) {
      updated(kind, bound);
      return;
    }
    Optional<PolicyChoice> fallback = selection.fallback(kind);
    if (end == Watch.End.STOPPED || end == Watch.End.LATE && fallback.isEmpty()) {
      // Not part of the recording: whoever goes on with the run has the policy again.
      happenings.last(Swap.LOST, "", begun, nowNanos, was);
      if (end == Watch.End.LATE) {
        throw watch.late(kind, bound, begun);
      }
      return;
    }
    PolicyChoice lost =
        new PolicyChoice(kind, was.name(), Optional.of(was.version()), bound.parameters());
    Moment at = Moment.atIteration(begun);
    happenings.unforeseen(new Swap(at, lost, Swap.LOST, ""), begun, nowNanos, was, null);
    switch (end) {
      case BACK -> turn(at, again(kind), Swap.BACK, rebuilt(kind, bound));
      case ASKED -> control.take().forEach(this::asked);
      default -> turn(at, fallback.orElseThrow(), Swap.FALLBACK, "");
    }
    goesOn(kind);
  }

  private void updated(PluginKind<?> kind, Bound<?> was) {
    turn(Moment.atIteration(begun), again(kind), Swap.UPDATED, rebuilt(kind, was));
    goesOn(kind);
  }

  /** Tells two builds of one version apart by their content; empty if they are the same. */
  private String rebuilt(PluginKind<?> kind, Bound<?> was) {
    String before = contents.getOrDefault(kind, "");
    PluginInfo now = watch.now(kind, was).orElse(was.info());
    String after = watch.content(now);
    boolean another = now.version().equals(was.info().version()) && !before.equals(after);
    return another ? "content " + after + ", was " + before : "";
  }

  private void goesOn(PluginKind<?> kind) {
    String content = contents.getOrDefault(kind, "");
    watch.notice(
        "goes on with %s %s%s from iteration %d on"
            .formatted(
                kind.word(),
                Happenings.text(policies.get(kind).info()),
                content.isEmpty() ? "" : ", content " + content + ",",
                begun));
  }

  @Override
  public boolean recorded(PluginKind<?> kind, long call) {
    if (troubles.isEmpty()) {
      return false;
    }
    for (int i = 0; i < troubles.size(); i++) {
      Swap swap = troubles.get(i);
      Moment at = swap.at();
      if (swap.to().kind().equals(kind)
          && at.iteration().orElse(-1L) == begun
          && at.calls() == call) {
        troubles.remove(i);
        PluginInfo from = policies.get(kind).info();
        happenings.planned(swap, begun, nowNanos, from, bind(swap.to()));
        return true;
      }
    }
    return false;
  }

  @Override
  public void rescue(PluginKind<?> kind, long call, Object input, Trouble trouble) {
    Bound<?> bound = policies.get(kind);
    String words = "%s %s".formatted(kind.word(), Happenings.text(bound.info()));
    String why = trouble.getMessage();
    String saved = failures.save(bound.info(), begun, input, trouble, policies.estimator());
    Optional<PolicyChoice> fallback =
        selection.fallback(kind).filter(choice -> !choice.name().equals(bound.info().name()));
    String message = "%s, at iteration %d: %s%s".formatted(words, begun, why, saved);
    if (fallback.isEmpty()) {
      happenings.last(trouble.what(), why, begun, nowNanos, bound.info());
      throw new IllegalStateException(message, trouble);
    }
    watch.notice(message + "; %s takes its place".formatted(fallback.get().name()));
    Moment at = new Moment(Optional.of(begun), Optional.empty(), call);
    turn(at, fallback.get(), trouble.what(), why);
  }
}
