// SPDX-License-Identifier: Apache-2.0
package neupims.engine.link;

import java.util.Arrays;
import java.util.Map;
import neupims.api.metric.TaskReport;
import neupims.api.program.Kernel;
import neupims.api.program.Stage;
import neupims.api.program.Task;

/**
 * By how much exchanges after some of a stage's tasks make the stage longer, on a device whose
 * tasks' times are a model's and not simulated. Every task keeps the time it took and starts as
 * soon as
 *
 * <ul>
 *   <li>it did without exchanges,
 *   <li>the tasks that it waits for are done and exchanged,
 *   <li>the task before it in its chain is done or, if the two overlapped, is as far as it was
 *       then.
 * </ul>
 *
 * So the exchange of one sub-batch is hidden while the other is on the PIM, as far as the stage's
 * barrier allows. That tasks which no longer run at the same time would each be a little faster is
 * left out.
 */
final class StageDelay {
  private StageDelay() {}

  /**
   * The delay in cycles.
   *
   * @param stage the stage
   * @param reports when its tasks ran without exchanges, by name
   * @param exchange cycles of the exchange after each task
   */
  static long cycles(Stage stage, Map<String, TaskReport> reports, long[] exchange) {
    if (Arrays.stream(exchange).allMatch(cycles -> cycles == 0)) {
      return 0;
    }
    int count = stage.tasks().size();
    long[] shift = new long[count];
    long before = 0;
    long after = 0;
    int[] lastOf = new int[Kernel.Chain.values().length];
    Arrays.fill(lastOf, -1);
    for (int i = 0; i < count; i++) {
      Task task = stage.tasks().get(i);
      TaskReport own = report(stage, reports, i);
      int chain = task.kernel().chain().ordinal();
      int last = lastOf[chain];
      long start = own.startCycle();
      for (int dependency : task.after()) {
        long there = report(stage, reports, dependency).finishCycle() + shift[dependency];
        start = Math.max(start, there + exchange[dependency]);
      }
      if (last >= 0) {
        long done = report(stage, reports, last).finishCycle();
        start = Math.max(start, Math.min(done, own.startCycle()) + shift[last]);
      }
      shift[i] = start - own.startCycle();
      before = Math.max(before, own.finishCycle());
      after = Math.max(after, own.finishCycle() + shift[i] + exchange[i]);
      lastOf[chain] = i;
    }
    return after - before;
  }

  private static TaskReport report(Stage stage, Map<String, TaskReport> reports, int index) {
    String name = stage.tasks().get(index).name();
    TaskReport report = reports.get(name);
    if (report == null) {
      throw new IllegalStateException("no report of task %s.%s".formatted(stage.name(), name));
    }
    return report;
  }
}
