// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.RunEvent;
import neupims.api.run.RunLog;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;

/**
 * What happens between two iterations: swaps that are due, and whatever was asked from outside.
 * Iterations are counted over all replicas, in the order in which they begin.
 *
 * <pre>
 * Variant.live().swaps --.
 * Control (pause, swap) --+--> Policies, events, swaps as they happened
 * </pre>
 *
 * What comes from outside is looked at once, when the iteration before has just begun and the next
 * is first thought of, so that it can be written down as before that iteration and comes at the
 * same point when run again. Swaps at a time are looked for whenever an iteration might begin.
 */
final class Boundary {
  private final Policies policies;
  private final PolicySelection selection;
  private final Control control;
  private final RunLog log;
  private final List<Swap> due;
  private final List<Swap> happened;
  private final List<RunEvent> events = new ArrayList<>();
  private long begun;
  private long looked = -1;

  Boundary(
      Policies policies, PolicySelection selection, Control control, List<Swap> swaps, RunLog log) {
    this.log = log;
    this.policies = policies;
    this.selection = selection;
    this.control = control;
    due = new ArrayList<>(swaps);
    due.removeIf(swap -> swap.what().equals(Swap.START));
    happened = new ArrayList<>(swaps);
  }

  /** An iteration may begin. */
  void before(long nowNanos) {
    if (!due.isEmpty()) {
      planned(nowNanos);
    }
    if (looked != begun) {
      looked = begun;
      if (control.asked()) {
        control.take().forEach(choice -> asked(choice, nowNanos));
      }
    }
  }

  /** An iteration has begun. */
  void begun() {
    begun++;
  }

  /** Iterations begun. */
  long iterations() {
    return begun;
  }

  /** What happened, in order. */
  List<RunEvent> events() {
    return events;
  }

  /** Swaps that have the same happen again. */
  List<Swap> swaps() {
    return happened;
  }

  private void planned(long nowNanos) {
    for (int i = 0; i < due.size(); i++) {
      Swap swap = due.get(i);
      if (isDue(swap.at(), nowNanos)) {
        due.remove(i--);
        swap(swap, nowNanos);
      }
    }
  }

  private boolean isDue(Moment at, long nowNanos) {
    return at.iteration().isPresent()
        ? at.iteration().get() <= begun
        : at.seconds().orElseThrow() * 1e9 <= nowNanos;
  }

  private void asked(PolicyChoice to, long nowNanos) {
    String version = selection.bind(to).info().version();
    PolicyChoice pinned =
        new PolicyChoice(to.kind(), to.name(), Optional.of(version), to.parameters());
    Swap swap = new Swap(Moment.atIteration(begun), pinned);
    happened.add(swap);
    log.swapped(List.copyOf(happened));
    swap(swap, nowNanos);
  }

  private void swap(Swap swap, long nowNanos) {
    PluginKind<?> kind = swap.to().kind();
    PluginInfo from = policies.get(kind).info();
    Bound<?> to = selection.bind(swap.to());
    policies.set(kind, to);
    control.policies(policies.infos());
    events.add(
        new RunEvent(begun, nowNanos / 1e9, swap.what(), text(from), text(to.info()), swap.why()));
  }

  private static String text(PluginInfo info) {
    return "%s (%s %s)".formatted(info.name(), info.bundle(), info.version());
  }
}
