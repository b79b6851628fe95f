// SPDX-License-Identifier: Apache-2.0
package neupims.engine.check;

import java.util.concurrent.CancellationException;

/** Ends a simulation whose thread has been interrupted: there is no half of a step to keep. */
public final class Interrupts {
  private Interrupts() {}

  /**
   * Called once a round.
   *
   * @throws CancellationException if the thread is interrupted, which it stays
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
