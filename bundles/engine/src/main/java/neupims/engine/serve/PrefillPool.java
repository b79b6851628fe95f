// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Groups of devices that work on prompts, each on one at a time: first come, first served, by the
 * group that has been free for longest.
 */
final class PrefillPool {
  /**
   * A prompt that a group works on.
   *
   * @param sequence whose
   * @param group the group
   * @param tokens how many
   * @param sinceNanos when it got in line
   * @param startNanos when it began
   * @param cost what it takes
   */
  record Work(
      Sequence sequence,
      int group,
      int tokens,
      long sinceNanos,
      long startNanos,
      PromptTimes.Cost cost) {
    long endNanos() {
      return startNanos + cost.nanos();
    }
  }

  private record Waiting(Sequence sequence, long sinceNanos) {}

  private record Free(int group, long sinceNanos) {}

  private final PromptTimes times;
  private final ArrayDeque<Waiting> line = new ArrayDeque<>();
  private final PriorityQueue<Free> free =
      new PriorityQueue<>(Comparator.comparingLong(Free::sinceNanos).thenComparing(Free::group));
  private final PriorityQueue<Work> working =
      new PriorityQueue<>(
          Comparator.comparingLong(Work::endNanos).thenComparing(work -> work.sequence().id()));

  /**
   * Idle groups.
   *
   * @param first number of the first of them
   */
  PrefillPool(int first, int groups, PromptTimes times) {
    this.times = times;
    for (int group = first; group < first + groups; group++) {
      free.add(new Free(group, 0));
    }
  }

  /** A prompt gets in line; times never fall. */
  void add(Sequence sequence, long nowNanos) {
    line.add(new Waiting(sequence, nowNanos));
  }

  /** Prompts in line. */
  int waiting() {
    return line.size();
  }

  /** When the next prompt is done, {@link Intake#NEVER} when none is worked on. */
  long doneNanos() {
    return working.isEmpty() ? Intake.NEVER : working.peek().endNanos();
  }

  /** The prompt of {@link #doneNanos}; its group is free then. */
  Work takeDone() {
    Work done = working.remove();
    free.add(new Free(done.group(), done.endNanos()));
    return done;
  }

  /** When a group takes the first prompt in line, {@link Intake#NEVER} unless there are both. */
  long startNanos() {
    return line.isEmpty() || free.isEmpty()
        ? Intake.NEVER
        : Math.max(line.peek().sinceNanos(), free.peek().sinceNanos());
  }

  /** A group takes the first prompt in line, at {@link #startNanos}. */
  Work start() {
    long now = startNanos();
    Waiting first = line.remove();
    Sequence sequence = first.sequence();
    int tokens = sequence.known();
    int group = free.remove().group();
    Work work = new Work(sequence, group, tokens, first.sinceNanos(), now, times.cost(tokens));
    working.add(work);
    sequence.startedWork(now);
    return work;
  }
}
