// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;

/** What stays in memory after garbage collections, looked at now and then. */
final class HeapTrend {
  /** Two looks differ by less: the heap is at rest. */
  private static final long STILL_BYTES = 4_096;

  private static final int STILL_ROUNDS = 3;
  private static final int MOST_ROUNDS = 60;

  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
  private final List<Long> used = new ArrayList<>();
  private final List<Integer> loaded = new ArrayList<>();

  /** Collects until nothing more goes, and notes what is left. */
  void look() throws InterruptedException {
    long least = Long.MAX_VALUE;
    int still = 0;
    for (int round = 0; still < STILL_ROUNDS && round < MOST_ROUNDS; round++) {
      System.gc();
      // References are handled by a thread of their own.
      Thread.sleep(20);
      long now = memory.getHeapMemoryUsage().getUsed();
      still = now > least - STILL_BYTES ? still + 1 : 0;
      least = Math.min(least, now);
    }
    used.add(least);
    loaded.add(classes.getLoadedClassCount());
  }

  /**
   * The heap is not larger at the last look than at the first but for so much, nor are there more
   * classes.
   */
  void assertFlat(long bytes, int moreClasses) {
    long growth = used.get(used.size() - 1) - used.get(0);
    assertTrue(growth <= bytes, () -> growth + " bytes more: " + this);
    int more = loaded.get(loaded.size() - 1) - loaded.get(0);
    assertTrue(more <= moreClasses, () -> more + " classes more: " + this);
  }

  @Override
  public String toString() {
    return "used after GC " + used + ", classes " + loaded;
  }
}
