// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemorySession;
import neupims.api.metric.TaskReport;
import neupims.api.program.Stage;

/**
 * The leading part of a stage under way. When its tasks are done before anything else of the stage
 * has begun, nothing has come in its way: what it took and did is what the part alone would have.
 * Otherwise nothing is known of it.
 */
final class PartRun {
  private static final long UNKNOWN = -1;

  private final String whole;
  private final int[] places;
  private MemoryCounters before;
  private MemoryCounters after;
  private long[] from;
  private long[] until;
  private long cycles = UNKNOWN;
  private boolean decided;

  /**
   * A part.
   *
   * @param whole name of the stage
   * @param places indices of its tasks there
   */
  PartRun(String whole, int[] places) {
    this.whole = whole;
    this.places = places;
  }

  /** The stage begins. */
  void begin(MemorySession memory) {
    before = memory.counters().copy();
  }

  /**
   * Looks whether the part is done; the memory, which cannot be further, then goes on to its end.
   *
   * @param start the stage's
   * @param started of the stage's tasks, negative before
   * @param finished the same
   * @param exchange cycles of the exchange after each task
   * @return whether the memory has moved
   */
  boolean look(MemorySession memory, long start, long[] started, long[] finished, long[] exchange) {
    if (decided) {
      return false;
    }
    long end = start;
    for (int place : places) {
      if (finished[place] < 0) {
        return false;
      }
      end = Math.max(end, finished[place] + exchange[place]);
    }
    decided = true;
    int own = 0;
    for (int t = 0; t < started.length; t++) {
      if (own < places.length && places[own] == t) {
        own++;
      } else if (started[t] >= 0 && started[t] < end) {
        return false;
      }
    }
    memory.advance(end);
    after = memory.counters().copy();
    cycles = end - start;
    from = new long[places.length];
    until = new long[places.length];
    for (int t = 0; t < places.length; t++) {
      from[t] = started[places[t]] - start;
      until[t] = finished[places[t]] - start;
    }
    return true;
  }

  /** Whether it is known what the part takes and does. */
  boolean known() {
    return cycles != UNKNOWN;
  }

  /** Name of the stage that it is a part of. */
  String whole() {
    return whole;
  }

  /** From the barrier before it to the one that would be after it. */
  long cycles() {
    return cycles;
  }

  /** What the channels had done before it. */
  MemoryCounters before() {
    return before;
  }

  /** What they had done after it. */
  MemoryCounters after() {
    return after;
  }

  /**
   * Its tasks.
   *
   * @param stage which is the same as the part
   * @param start where that begins
   */
  List<TaskReport> tasks(Stage stage, long start) {
    List<TaskReport> tasks = new ArrayList<>();
    for (int t = 0; t < places.length; t++) {
      String name = stage.tasks().get(t).name();
      tasks.add(new TaskReport(stage.name(), name, start + from[t], start + until[t]));
    }
    return tasks;
  }
}
