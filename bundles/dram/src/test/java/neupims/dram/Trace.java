// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;

/** Keeps every command. */
final class Trace implements CommandSink {
  /** One command as a sink hears it. */
  record Entry(
      long cycle,
      int channel,
      Command command,
      int rank,
      int bankGroup,
      int bank,
      int row,
      int argument) {

    void replay(CommandSink sink) {
      sink.command(cycle, channel, command, rank, bankGroup, bank, row, argument);
    }
  }

  final List<Entry> entries = new ArrayList<>();

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
    entries.add(new Entry(cycle, channel, command, rank, bankGroup, bank, row, argument));
  }

  /** A sink that keeps every command and passes it on. */
  CommandSink andThen(CommandSink next) {
    return (cycle, channel, command, rank, bankGroup, bank, row, argument) -> {
      command(cycle, channel, command, rank, bankGroup, bank, row, argument);
      next.command(cycle, channel, command, rank, bankGroup, bank, row, argument);
    };
  }

  /** The commands before a cycle, by channel: only within one is their order promised. */
  List<Entry> byChannelBefore(long end) {
    return entries.stream()
        .filter(e -> e.cycle() < end)
        .sorted(Comparator.comparingInt(Entry::channel))
        .toList();
  }

  /** The commands of a kind, in order. */
  List<Entry> of(Command command) {
    return entries.stream().filter(e -> e.command() == command).toList();
  }

  /** Cycle of a command of a kind, counted from 0. */
  long cycle(Command command, int index) {
    return of(command).get(index).cycle();
  }

  /** Cycles from one command of a kind to the first of another kind behind it. */
  long toNext(Command command, int index, Command next) {
    Entry from = of(command).get(index);
    return entries.stream()
            .skip(entries.indexOf(from) + 1L)
            .filter(e -> e.command() == next)
            .findFirst()
            .orElseThrow()
            .cycle()
        - from.cycle();
  }
}
