// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.MemorySession;

/** What can put its work into the memory when the time has come. */
interface Offer {
  /**
   * Submits a piece of work.
   *
   * @param group which kind of work, as it was announced
   * @param index which of that kind
   * @param from memory cycle from which it is offered
   */
  void submit(MemorySession memory, int group, int index, long from);
}
