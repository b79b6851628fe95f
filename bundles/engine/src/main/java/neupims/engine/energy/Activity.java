// SPDX-License-Identifier: Apache-2.0
package neupims.engine.energy;

import java.util.EnumMap;
import java.util.Map;
import neupims.api.hw.Command;
import neupims.api.hw.MemoryCounters;

/**
 * What a device did in a stretch of time.
 *
 * @param memoryCycles its length
 * @param commands over all channels; one that is missing was not issued
 * @param pimBusyCycles memory cycles with PIM work under way, sum over the channels
 * @param npu what the NPU did
 */
public record Activity(
    long memoryCycles, Map<Command, Long> commands, long pimBusyCycles, NpuWork npu) {
  public Activity {
    commands = Map.copyOf(commands);
  }

  /** What the counters have gained since an earlier copy of them. */
  public static Activity between(
      MemoryCounters before, MemoryCounters after, long memoryCycles, NpuWork npu) {
    Map<Command, Long> commands = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      commands.put(command, after.commands(command) - before.commands(command));
    }
    long busy = 0;
    for (int c = 0; c < after.channels(); c++) {
      busy += after.pimBusyCycles(c) - before.pimBusyCycles(c);
    }
    return new Activity(memoryCycles, commands, busy, npu);
  }

  long count(Command command) {
    return commands.getOrDefault(command, 0L);
  }
}
