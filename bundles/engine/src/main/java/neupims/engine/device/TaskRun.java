// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

/** A task under way. All cycles are the memory's unless a name says NPU. */
interface TaskRun {
  /** Offers the task's first work. Called once. */
  void start(long cycle);

  /** Takes in what has become known of transfers and GEMVs; whether anything moved. */
  boolean progress();

  /**
   * When the operands of its next vector step are there, {@link Long#MAX_VALUE} if not known or
   * there is none.
   */
  default long vectorReady() {
    return Long.MAX_VALUE;
  }

  /** Runs that step. */
  default void runVectorStep() {
    throw new IllegalStateException("a task without vector work");
  }

  /**
   * A lower bound of the earliest cycle at which the task may offer work that is not in the outbox
   * yet, or finish.
   *
   * @param known up to where the memory is known
   */
  long nextUnknown(Known known);

  /** Notes when its transfers and GEMVs were under way; called when it is done. */
  void note(StageSpans spans);

  /** Whether it waits for nothing but its stores. */
  boolean closing();

  /** Whether everything has happened. */
  boolean done();

  /** When: the last result there and the last write accepted; meaningless before {@link #done}. */
  long finish();
}
