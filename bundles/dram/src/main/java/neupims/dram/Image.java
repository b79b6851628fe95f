// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Arrays;

/**
 * All of a channel's state that can be seen in what it does later, in a form that is the same for
 * channels that will do the same: queues from their front on, times that have passed as the
 * present.
 */
final class Image {
  private long[] values = new long[1024];
  private Object[] objects = new Object[64];
  private int valueCount;
  private int objectCount;
  private long now;

  /** Empties it, for the state before the given cycle. */
  void restart(long cycle) {
    now = cycle;
    valueCount = 0;
    objectCount = 0;
  }

  /** Adds a number. */
  void add(long value) {
    if (valueCount == values.length) {
      values = Arrays.copyOf(values, valueCount * 2);
    }
    values[valueCount++] = value;
  }

  /** Adds a flag. */
  void add(boolean value) {
    add(value ? 1 : 0);
  }

  /** Adds a cycle from which on something may happen. */
  void addTime(long cycle) {
    add(Math.max(cycle, now));
  }

  /** Adds such cycles. */
  void addTimes(long[] cycles) {
    for (long cycle : cycles) {
      addTime(cycle);
    }
  }

  /** Adds the cycle of an event that is felt for some cycles. */
  void addEvent(long cycle, int felt) {
    add(Math.max(cycle, now - felt));
  }

  /** Adds an object, which is the same as itself only. */
  void add(Object object) {
    if (objectCount == objects.length) {
      objects = Arrays.copyOf(objects, objectCount * 2);
    }
    objects[objectCount++] = object;
  }

  /** The cycle before which everything has happened. */
  long now() {
    return now;
  }

  /** Whether both show the same state. */
  boolean isSame(Image other) {
    if (objectCount != other.objectCount) {
      return false;
    }
    for (int i = 0; i < objectCount; i++) {
      if (objects[i] != other.objects[i]) {
        return false;
      }
    }
    return Arrays.equals(values, 0, valueCount, other.values, 0, other.valueCount);
  }
}
