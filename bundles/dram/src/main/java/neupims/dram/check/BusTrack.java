// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;

/** The channel's data bus: when the last burst ends, and whose it is. */
final class BusTrack {
  private final DramTiming timing;
  private IssuedCommand last;
  private long end = Long.MIN_VALUE / 2;

  BusTrack(DramTiming timing) {
    this.timing = timing;
  }

  /** Checks that a burst begins after the last one, with a turnaround where the driver changes. */
  void check(IssuedCommand command, Gate gate) {
    boolean read = command.command() == Command.RD;
    int latency = read ? timing.cl() : timing.cwl();
    if (last != null) {
      boolean lastRead = last.command() == Command.RD;
      boolean turn = read != lastRead || (read && last.rank() != command.rank());
      gate.from("data bus", last, end + (turn ? timing.rtrs() : 0) - latency);
    }
    last = command;
    end = command.cycle() + latency + timing.burst();
  }
}
