// SPDX-License-Identifier: Apache-2.0
package neupims.api.program;

import java.util.List;
import neupims.api.model.Layers;

/**
 * Tasks between two barriers: the next stage starts when every task of this one is done.
 *
 * @param name such as {@code C}; unique within the program
 * @param repeat how often the stage runs in a whole decode step
 * @param inBlock whether its cycles count towards the steady-state cost of one decoder block
 * @param tasks in an order in which every task follows those it waits for; tasks on the same unit
 *     run in this order
 * @param partialSums indices of tasks whose output is only this device's part of a sum over all
 *     tensor-parallel devices: it is complete when they have exchanged it
 * @param exchangeCycles how long each of these exchanges takes, in memory cycles from the end of
 *     its task: who waits for the task waits for that too, and so does the stage's barrier; empty
 *     for none. Compilers leave it empty
 */
public record Stage(
    String name,
    Repeat repeat,
    boolean inBlock,
    List<Task> tasks,
    List<Integer> partialSums,
    List<Long> exchangeCycles) {
  public Stage {
    tasks = List.copyOf(tasks);
    partialSums = List.copyOf(partialSums);
    exchangeCycles = List.copyOf(exchangeCycles);
  }

  /** A stage of a device alone, as compilers make it. */
  public Stage(
      String name, Repeat repeat, boolean inBlock, List<Task> tasks, List<Integer> partialSums) {
    this(name, repeat, inBlock, tasks, partialSums, List.of());
  }

  /** The same with exchanges of its partial sums, as many as there are. */
  public Stage withExchanges(List<Long> cycles) {
    return new Stage(name, repeat, inBlock, tasks, partialSums, cycles);
  }

  /** A stage without sums over devices. */
  public Stage(String name, Repeat repeat, boolean inBlock, List<Task> tasks) {
    this(name, repeat, inBlock, tasks, List.of());
  }

  /**
   * How often a stage runs in a step over a device's decoder blocks. Dense layers are the first
   * ones of a model whose others have experts.
   */
  public enum Repeat {
    ONCE,
    EVERY_LAYER,
    EVERY_LAYER_BUT_ONE,
    DENSE_LAYERS,
    EXPERT_LAYERS,
    EXPERT_LAYERS_BUT_ONE;

    /** Runs of the stage in a step over the given layers. */
    public long runs(Layers layers) {
      return switch (this) {
        case ONCE -> 1;
        case EVERY_LAYER -> layers.all();
        case EVERY_LAYER_BUT_ONE -> layers.all() - 1L;
        case DENSE_LAYERS -> layers.dense();
        case EXPERT_LAYERS -> layers.others();
        case EXPERT_LAYERS_BUT_ONE -> layers.others() - 1L;
      };
    }
  }
}
