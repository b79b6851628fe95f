// SPDX-License-Identifier: Apache-2.0
package neupims.engine.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.run.DeviceDiff.Issued;

/** Keeps few commands of each channel, by their numbers. */
final class Window implements CommandSink {
  private final long[] from;
  private final long[] until;
  private final long[] count;
  private final List<List<Issued>> kept = new ArrayList<>();

  Window(long[] from, long[] until) {
    this.from = from;
    this.until = until;
    count = new long[from.length];
    for (int c = 0; c < from.length; c++) {
      kept.add(new ArrayList<>());
    }
  }

  @Override
  public void command(
      long cycle,
      int channel,
      Command command,
      int rank,
      int bankGroup,
      int bank,
      int row,
      int argument) {
    long number = count[channel]++;
    if (number >= from[channel] && number < until[channel]) {
      kept.get(channel)
          .add(new Issued(cycle, channel, command, rank, bankGroup, bank, row, argument));
    }
  }

  /** A command that was kept, by its number on the channel; empty when there is none. */
  Optional<Issued> at(int channel, long number) {
    List<Issued> of = kept.get(channel);
    long index = number - from[channel];
    return index < of.size() ? Optional.of(of.get((int) index)) : Optional.empty();
  }
}
