// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;

/**
 * A stage that another one begins with: each of its chains is what the other's chain does first, in
 * the same order, with the same dependencies and exchanges. Kernels are compared by value, so their
 * requests, channels and lengths are the same; operands are tensors of the same size that stand for
 * each other throughout, as another layer's weights do. Names do not matter.
 */
final class LeadingPart {
  private static final int UNKNOWN = -1;

  private final List<Tensor> tensors;
  private final Stage whole;
  private final Stage part;
  private final int[] places;

  /** The tensor of the whole that stands for one of the part, and the other way round. */
  private final int[] toWhole;

  private final int[] toPart;

  private LeadingPart(List<Tensor> tensors, Stage whole, Stage part) {
    this.tensors = tensors;
    this.whole = whole;
    this.part = part;
    places = new int[part.tasks().size()];
    toWhole = new int[tensors.size()];
    toPart = new int[tensors.size()];
    Arrays.fill(toWhole, UNKNOWN);
    Arrays.fill(toPart, UNKNOWN);
  }

  /**
   * Finds a stage at the begin of another.
   *
   * @return for each of its tasks the index of the same task in the whole, ascending; empty if it
   *     is no leading part or has no tasks
   */
  static Optional<int[]> places(Program program, Stage whole, Stage part) {
    LeadingPart leading = new LeadingPart(program.tensors(), whole, part);
    return leading.find() ? Optional.of(leading.places) : Optional.empty();
  }

  private boolean find() {
    int[] next = new int[Kernel.Chain.values().length];
    long[] wholeExchange = StageRun.exchanges(whole);
    long[] partExchange = StageRun.exchanges(part);
    int last = -1;
    for (int t = 0; t < places.length; t++) {
      Task task = part.tasks().get(t);
      int chain = task.kernel().chain().ordinal();
      int place = next[chain];
      while (place < whole.tasks().size() && chain(place) != chain) {
        place++;
      }
      // Where they change places, ties between chains would be broken otherwise.
      if (place <= last || place == whole.tasks().size()) {
        return false;
      }
      places[t] = place;
      boolean same =
          same(task, whole.tasks().get(place))
              && part.partialSums().contains(t) == whole.partialSums().contains(place)
              && partExchange[t] == wholeExchange[place];
      if (!same) {
        return false;
      }
      last = place;
      next[chain] = place + 1;
    }
    return places.length > 0;
  }

  private int chain(int place) {
    return whole.tasks().get(place).kernel().chain().ordinal();
  }

  private boolean same(Task own, Task other) {
    List<Integer> after = own.after().stream().map(t -> places[t]).toList();
    if (!own.kernel().equals(other.kernel())
        || !after.equals(other.after())
        || own.inputs().size() != other.inputs().size()
        || !sameTensor(own.output(), other.output())) {
      return false;
    }
    for (int i = 0; i < own.inputs().size(); i++) {
      if (!sameTensor(own.inputs().get(i), other.inputs().get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean sameTensor(int own, int other) {
    if (own < 0 || other < 0) {
      return own == other;
    }
    if (toWhole[own] == UNKNOWN && toPart[other] == UNKNOWN) {
      toWhole[own] = other;
      toPart[other] = own;
      Tensor mine = tensors.get(own);
      Tensor its = tensors.get(other);
      return mine.bytes() == its.bytes() && mine.kind() == its.kind();
    }
    return toWhole[own] == other && toPart[other] == own;
  }
}
