// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import neupims.api.hw.Command;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.conformance.Expect;
import neupims.dram.check.TimingChecker;

/** A memory at work: what it was given, what it issued, when it said what is done. */
final class MemoryTrial {
  /** Nothing of the work here takes a hundredth of it. */
  private static final long GIVEN_UP = 50_000_000;

  /** A command as the sink heard it. */
  record Heard(
      long cycle, int channel, Command command, int rank, int group, int bank, int row, int arg) {}

  private final MemorySpec spec;
  private final MemoryWork work;
  private final TimingChecker checker;
  private final List<Heard> heard = new ArrayList<>();
  private final List<MemoryWork.Submitted> submitted = new ArrayList<>();
  private final List<MemoryWork.Submitted> pending = new ArrayList<>();
  private final MemorySession session;
  private String early;
  private String stuck;

  private MemoryTrial(MemoryModel model, MemorySpec spec, MemoryWork work) {
    this.spec = spec;
    this.work = work;
    checker = new TimingChecker(spec);
    session = model.open(spec, this::hear);
  }

  private void hear(
      long cycle, int channel, Command command, int rank, int group, int bank, int row, int arg) {
    heard.add(new Heard(cycle, channel, command, rank, group, bank, row, arg));
    checker.command(cycle, channel, command, rank, group, bank, row, arg);
  }

  /**
   * Does the work, advancing at most a stride at a time, and then idles for some refresh intervals.
   */
  static MemoryTrial of(MemoryModel model, MemorySpec spec, MemoryWork work, long stride) {
    MemoryTrial trial = new MemoryTrial(model, spec, work);
    trial.play(stride);
    return trial;
  }

  private void play(long stride) {
    int next = 0;
    while (stuck == null) {
      while (next < work.pieces().size() && work.pieces().get(next).cycle() <= session.now()) {
        MemoryWork.Submitted one = MemoryWork.submit(work.pieces().get(next++), spec, session);
        submitted.add(one);
        pending.add(one);
      }
      long coming = next < work.pieces().size() ? work.pieces().get(next).cycle() : Long.MAX_VALUE;
      long horizon = session.horizon();
      if (coming == Long.MAX_VALUE && horizon == Long.MAX_VALUE) {
        break;
      }
      advance(horizon, Math.min(Math.min(horizon, coming), after(stride)));
    }
    if (stuck == null) {
      session.advance(session.now() + 12L * spec.timing().refi());
    }
  }

  private long after(long stride) {
    return stride >= Long.MAX_VALUE - session.now() ? Long.MAX_VALUE : session.now() + stride;
  }

  private void advance(long horizon, long until) {
    long now = session.now();
    if (horizon <= now) {
      early = early == null ? "horizon " + horizon + " at cycle " + now : early;
      until = Math.max(until, now + 1);
    }
    List<long[]> before = pending.stream().map(MemoryWork.Submitted::doneCycles).toList();
    session.advance(until);
    for (int i = 0; i < before.size(); i++) {
      long[] after = pending.get(i).doneCycles();
      for (int slot = 0; slot < after.length; slot++) {
        if (after[slot] != before.get(i)[slot] && after[slot] < horizon && early == null) {
          early =
              "%s was done at cycle %d, the horizon at cycle %d was %d"
                  .formatted(pending.get(i).piece(), after[slot], now, horizon);
        }
      }
    }
    pending.removeIf(MemoryWork.Submitted::done);
    if (session.now() != until) {
      stuck = "told to advance to %d it is at %d".formatted(until, session.now());
    } else if (until > GIVEN_UP) {
      stuck = "not done at cycle " + until;
    }
  }

  /** The first completion before the horizon, or null. */
  String early() {
    return early;
  }

  /** Demands that all work was done. */
  void requireDone() {
    Expect.that(stuck == null, () -> stuck + in());
    for (MemoryWork.Submitted one : submitted) {
      Expect.that(one.done(), () -> "nothing is under way, but not done: " + one.piece() + in());
    }
  }

  /** The checker that heard every command. */
  TimingChecker checker() {
    return checker;
  }

  /** Time at the end. */
  long end() {
    return session.now();
  }

  /** Where, for messages. */
  String in() {
    return ", on " + spec.name();
  }

  /** What was submitted, in order. */
  List<MemoryWork.Submitted> submitted() {
    return submitted;
  }

  /** All completions, in order of submission. */
  List<Long> doneCycles() {
    return submitted.stream()
        .flatMapToLong(one -> LongStream.of(one.doneCycles()))
        .boxed()
        .toList();
  }

  /** Commands before a cycle, channel by channel. */
  List<Heard> commandsBefore(long cycle) {
    return heard.stream()
        .filter(command -> command.cycle() < cycle)
        .sorted(Comparator.comparingInt(Heard::channel))
        .toList();
  }

  /** Commands of a channel as the sink heard them, compute steps counted one by one. */
  Map<Command, Long> counted(int channel) {
    Map<Command, Long> counts = new EnumMap<>(Command.class);
    for (Heard one : heard) {
      if (one.channel() == channel) {
        long steps = one.command() == Command.PIM_COMP ? one.arg() : 1;
        counts.merge(one.command(), steps, Long::sum);
      }
    }
    return counts;
  }

  /** What the session counted. */
  MemoryCounters counters() {
    return session.counters();
  }
}
