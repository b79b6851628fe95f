// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.lang.reflect.RecordComponent;
import java.util.function.UnaryOperator;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.PimSpec;

/** Memories with one number changed, by the catalog's path: {@code timing.rcd}, {@code pim...}. */
final class Changed {
  private Changed() {}

  /** The memory with a number so much larger. */
  static MemorySpec plus(MemorySpec spec, String path, int more) {
    String name = path.substring(path.indexOf('.') + 1);
    if (path.startsWith("pim.")) {
      PimSpec pim = spec.pim().orElseThrow();
      return Memories.with(spec, copy(PimSpec.class, pim, name, value -> (int) value + more));
    }
    if (path.startsWith("controller.")) {
      return Memories.with(
          spec, copy(ControllerSpec.class, spec.controller(), name, value -> (int) value + more));
    }
    return Memories.with(
        spec, copy(DramTiming.class, spec.timing(), name, value -> (int) value + more));
  }

  /** The PIM with a global buffer of so many operands. */
  static PimSpec operandRows(PimSpec pim, int operands) {
    return copy(PimSpec.class, pim, "operandRows", value -> operands);
  }

  /** The PIM with rows and results that wait for the last compute step. */
  static PimSpec computeHoldsRows(PimSpec pim) {
    return copy(PimSpec.class, pim, "computeHoldsRows", value -> true);
  }

  /** A PIM with a single row buffer that works beside reads and writes. */
  static PimSpec unblocked(PimSpec pim) {
    return copy(PimSpec.class, pim, "blocked", value -> false);
  }

  private static <R extends Record> R copy(
      Class<R> type, R of, String name, UnaryOperator<Object> change) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types = new Class<?>[components.length];
      Object[] values = new Object[components.length];
      boolean found = false;
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] = components[i].getAccessor().invoke(of);
        if (components[i].getName().equals(name)) {
          values[i] = change.apply(values[i]);
          found = true;
        }
      }
      if (!found) {
        throw new IllegalArgumentException(name);
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
