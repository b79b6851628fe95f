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
import neupims.api.run.RunEvent;
import neupims.api.run.RunLog;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.unit.Parameters;

/**
 * What happened to a variant's policies: as events, and as the swaps that have the same happen
 * again. What comes from outside is written down with the version of the policy; so is what was
 * there before, once a version has changed.
 */
final class Happenings {
  private final RunLog log;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Swap> swaps;

  /** Of each kind the place in {@link #swaps} of the one that brought what is bound now. */
  private final Map<PluginKind<?>, Integer> origins = new HashMap<>();

  /** Nothing has happened yet, and this is to come. */
  Happenings(List<Swap> planned, RunLog log) {
    swaps = new ArrayList<>(planned);
    this.log = log;
  }

  List<RunEvent> events() {
    return events;
  }

  List<Swap> swaps() {
    return swaps;
  }

  /** A swap that was planned has come about; {@code to} is null when nothing took its place. */
  void planned(Swap swap, long iteration, long nowNanos, PluginInfo from, PluginInfo to) {
    if (to != null) {
      origins.put(swap.to().kind(), swaps.indexOf(swap));
    }
    event(swap, iteration, nowNanos, from, to);
  }

  /** A swap that nobody planned. */
  void unforeseen(Swap swap, long iteration, long nowNanos, PluginInfo from, PluginInfo to) {
    if (to != null && !to.version().equals(from.version()) && to.name().equals(from.name())) {
      // An update leaves the parameters as they were.
      pin(swap.to().kind(), from, swap.to().parameters());
    }
    swaps.add(swap);
    if (to != null) {
      origins.put(swap.to().kind(), swaps.size() - 1);
    }
    event(swap, iteration, nowNanos, from, to);
    log.swapped(List.copyOf(swaps));
  }

  /** A policy failed, and nothing took its place: the run is over. */
  void last(String what, String why, long iteration, long nowNanos, PluginInfo from) {
    events.add(new RunEvent(iteration, nowNanos / 1e9, what, text(from), "", why));
  }

  /** The version that was there has to be there again. */
  private void pin(PluginKind<?> kind, PluginInfo was, Parameters parameters) {
    Optional<String> version = Optional.of(was.version());
    Integer origin = origins.get(kind);
    if (origin == null) {
      boolean pinned =
          swaps.stream().anyMatch(s -> s.what().equals(Swap.START) && s.to().kind().equals(kind));
      if (!pinned) {
        PolicyChoice first = new PolicyChoice(kind, was.name(), version, parameters);
        swaps.add(new Swap(Moment.atIteration(0), first, Swap.START, ""));
      }
    } else if (swaps.get(origin).to().version().isEmpty()) {
      Swap swap = swaps.get(origin);
      PolicyChoice to = swap.to();
      PolicyChoice with = new PolicyChoice(to.kind(), to.name(), version, to.parameters());
      swaps.set(origin, new Swap(swap.at(), with, swap.what(), swap.why()));
    }
  }

  private void event(Swap swap, long iteration, long nowNanos, PluginInfo from, PluginInfo to) {
    events.add(
        new RunEvent(
            iteration,
            nowNanos / 1e9,
            swap.what(),
            text(from),
            to == null ? "" : text(to),
            swap.why()));
  }

  /** As events name a policy. */
  static String text(PluginInfo info) {
    return "%s (%s %s)".formatted(info.name(), info.bundle(), info.version());
  }
}
