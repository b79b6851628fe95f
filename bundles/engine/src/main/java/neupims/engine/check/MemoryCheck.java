// SPDX-License-Identifier: Apache-2.0
package neupims.engine.check;

import neupims.api.hw.CommandSink;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySpec;
import neupims.api.unit.InputException;

/** Whether a memory's model can be one of its specification. */
public final class MemoryCheck {
  private MemoryCheck() {}

  /**
   * Opens the memory once, so that what its file asks too much of it is said before anything runs.
   *
   * @throws InputException in the model's words, if it refuses the specification
   */
  public static void require(MemorySpec memory, MemoryModel model) {
    try {
      model.open(memory, CommandSink.NONE);
    } catch (IllegalArgumentException refused) {
      throw new InputException(refused.getMessage(), refused);
    }
  }
}
