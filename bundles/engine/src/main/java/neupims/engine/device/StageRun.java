// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import neupims.api.hw.MemorySession;
import neupims.api.metric.TaskReport;
import neupims.api.program.Kernel;
import neupims.api.program.Stage;
import neupims.engine.check.Interrupts;

/**
 * A stage under way. A task starts when those it names have finished and the one before it in its
 * chain has; the chains run side by side.
 */
final class StageRun {
  private final Stage stage;
  private final MemorySession memory;
  private final Outbox outbox;
  private final TaskRun[] runs;
  private final int[] before;

  /** Memory cycles after each task's end until what it leaves is complete on all devices. */
  private final long[] exchange;

  private final long[] started;
  private final long[] finished;
  private final boolean vectorShared;
  private final Kernel.Chain[] chain;
  private final PartRun part;
  private final Known known = new Known();
  private int done;

  /**
   * A stage to run.
   *
   * @param part its part of which it is to be found out what it takes, or null
   */
  StageRun(Stage stage, MemorySession memory, Outbox outbox, PlannedTask[] tasks, PartRun part) {
    this.stage = stage;
    this.memory = memory;
    this.outbox = outbox;
    this.part = part;
    int count = tasks.length;
    runs = new TaskRun[count];
    before = new int[count];
    exchange = exchanges(stage);
    started = new long[count];
    finished = new long[count];
    chain = new Kernel.Chain[count];
    Arrays.fill(started, -1);
    Arrays.fill(finished, -1);
    int[] last = new int[Kernel.Chain.values().length];
    Arrays.fill(last, -1);
    for (int t = 0; t < count; t++) {
      runs[t] = tasks[t].run();
      chain[t] = tasks[t].chain();
      before[t] = last[chain[t].ordinal()];
      last[chain[t].ordinal()] = t;
    }
    vectorShared = last[Kernel.Chain.NPU.ordinal()] >= 0 && last[Kernel.Chain.PIM.ordinal()] >= 0;
  }

  /** Memory cycles of the exchange after each task of a stage. */
  static long[] exchanges(Stage stage) {
    long[] exchange = new long[stage.tasks().size()];
    for (int p = 0; p < stage.exchangeCycles().size(); p++) {
      exchange[stage.partialSums().get(p)] = stage.exchangeCycles().get(p);
    }
    return exchange;
  }

  /**
   * Runs the stage.
   *
   * @param start the barrier before it
   * @param spans takes when the units had work
   * @return the barrier after it
   */
  long run(long start, StageSpans spans) {
    if (part != null) {
      part.begin(memory);
    }
    follow(start);
    while (done < runs.length) {
      Interrupts.check();
      if (!submit()) {
        advance();
      }
      follow(start);
    }
    long end = start;
    for (int t = 0; t < runs.length; t++) {
      end = Math.max(end, finished[t] + exchange[t]);
      runs[t].note(spans);
      if (chain[t] == Kernel.Chain.NPU) {
        spans.npuTask(started[t], finished[t]);
      }
    }
    memory.advance(end);
    return end;
  }

  /**
   * Its tasks, once it has run.
   *
   * @param later by how many cycles they are reported later than the memory ran them
   */
  List<TaskReport> tasks(long later) {
    List<TaskReport> tasks = new ArrayList<>();
    for (int t = 0; t < runs.length; t++) {
      String name = stage.tasks().get(t).name();
      tasks.add(new TaskReport(stage.name(), name, started[t] + later, finished[t] + later));
    }
    return tasks;
  }

  /** Takes in what the memory has done. */
  private void follow(long start) {
    known.update(memory);
    takeIn(start);
    if (part != null && part.look(memory, start, started, finished, exchange)) {
      known.update(memory);
      takeIn(start);
    }
  }

  /** Follows what is known to its consequences; vector steps only when nothing else moves. */
  private void takeIn(long start) {
    boolean moved = true;
    while (moved) {
      moved = startReady(start);
      for (int t = 0; t < runs.length; t++) {
        moved |= active(t) && runs[t].progress();
      }
      moved |= retire();
      if (!moved) {
        moved = runVectorStep();
      }
    }
  }

  private boolean active(int task) {
    return started[task] >= 0 && finished[task] < 0;
  }

  private boolean startReady(long start) {
    boolean moved = false;
    for (int t = 0; t < runs.length; t++) {
      if (started[t] < 0) {
        long from = readyAt(t, start);
        if (from >= 0) {
          started[t] = from;
          runs[t].start(from);
          moved = true;
        }
      }
    }
    return moved;
  }

  /**
   * When a task may start, what it waits for being exchanged, -1 while something before it has not
   * finished.
   */
  private long readyAt(int task, long start) {
    long ready = start;
    if (before[task] >= 0) {
      if (finished[before[task]] < 0) {
        return -1;
      }
      ready = Math.max(ready, finished[before[task]]);
    }
    for (int other : stage.tasks().get(task).after()) {
      if (finished[other] < 0) {
        return -1;
      }
      ready = Math.max(ready, finished[other] + exchange[other]);
    }
    return ready;
  }

  private boolean retire() {
    boolean moved = false;
    for (int t = 0; t < runs.length; t++) {
      if (active(t) && runs[t].done()) {
        finished[t] = runs[t].finish();
        done++;
        moved = true;
      }
    }
    return moved;
  }

  /** Runs the vector step that is ready first, of equals the one of the earlier task. */
  private boolean runVectorStep() {
    TaskRun first = null;
    long ready = Long.MAX_VALUE;
    for (int t = 0; t < runs.length; t++) {
      if (active(t) && runs[t].vectorReady() < ready) {
        ready = runs[t].vectorReady();
        first = runs[t];
      }
    }
    learn();
    if (first == null || (vectorShared && ready >= known.vectors())) {
      return false;
    }
    first.runVectorStep();
    return true;
  }

  /** Takes into account what has been found out since the memory was asked. */
  private void learn() {
    known.offered(outbox.firstFrom());
    for (int t = 0; t < runs.length; t++) {
      if (active(t) && runs[t].closing()) {
        known.closing();
      }
    }
  }

  /** Submits what nothing still unknown can precede; whether there was anything. */
  private boolean submit() {
    if (outbox.firstFrom() >= soonestUnknown()) {
      return false;
    }
    do {
      outbox.submitFirst(memory);
    } while (outbox.firstFrom() < soonestUnknown());
    return true;
  }

  /** Lets the memory run to where the next thing may happen. */
  private void advance() {
    long bound = soonestUnknown();
    if (bound == Long.MAX_VALUE || bound <= memory.now()) {
      throw new IllegalStateException(
          "stage %s: %d tasks wait for the memory, which at cycle %d has nothing for them"
              .formatted(stage.name(), runs.length - done, memory.now()));
    }
    memory.advance(bound);
  }

  private long soonestUnknown() {
    learn();
    long soonest = Long.MAX_VALUE;
    for (int t = 0; t < runs.length; t++) {
      if (active(t)) {
        soonest = Math.min(soonest, runs[t].nextUnknown(known));
      }
    }
    return soonest;
  }
}
