// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One device's memory while a simulation runs: channels on one clock that starts at cycle 0.
 *
 * <p>Call order: submit work that starts no earlier than {@link #now()}, then {@link #advance};
 * look at what is done; repeat. A completion is known when its last command is issued, so its cycle
 * may lie ahead of {@link #now()}. Called from one thread.
 */
@ConsumerType
public interface MemorySession {
  /** The time up to which everything has happened: no command at or after it has been issued. */
  long now();

  /**
   * Appends slots of a transfer to the channels' request ports, which are first in, first out.
   *
   * @param transfer list of reads or writes
   * @param firstSlot first slot to append
   * @param slots number of slots
   * @throws IllegalArgumentException if a slot starts in the past or lies outside the memory
   */
  void submit(Transfer transfer, int firstSlot, int slots);

  /**
   * Appends GEMVs to the channels' PIM ports.
   *
   * @param batch the jobs
   * @param fromCycle memory cycle from which they are offered
   * @throws UnsupportedOperationException if the memory has no PIM
   * @throws IllegalArgumentException if the start lies in the past or a tile outside its channel
   */
  void submit(GemvBatch batch, long fromCycle);

  /** Issues every command before the given cycle and sets {@link #now()} to it. */
  void advance(long untilCycle);

  /**
   * A lower bound, above {@link #now()}, of the next cycle at which a completion of a kind that is
   * not yet recorded can happen if nothing more is submitted; {@link Long#MAX_VALUE} when no such
   * work is under way. The caller may advance to it without missing the chance to react to one.
   */
  long horizon(Completion kind);

  /** The same for whatever completes next. */
  default long horizon() {
    long horizon = horizon(Completion.READ);
    horizon = Math.min(horizon, horizon(Completion.WRITE));
    return Math.min(horizon, horizon(Completion.GEMV));
  }

  /** Byte address of a byte of a channel: what a transfer needs to reach a certain channel. */
  long address(int channel, long channelByte);

  /** What the channels have done up to {@link #now()}: to be asked again after that. */
  MemoryCounters counters();
}
