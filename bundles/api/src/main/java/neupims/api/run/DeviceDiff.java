// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;

/**
 * Where two variants part, command by command.
 *
 * @param iteration the first iteration that is not the same, or the last if all are
 * @param iterations how many were compared, that one included
 * @param program where their programs part; empty when they are the same, and only then are
 *     commands compared
 * @param inTime the first command that is not the same, or not at the same cycle
 * @param inOrder the first command that is not the same, whatever its cycle
 * @param first what the first variant's device did in the iteration
 * @param second what the second's did
 */
public record DeviceDiff(
    long iteration,
    long iterations,
    Optional<ProgramPart> program,
    Optional<CommandPart> inTime,
    Optional<CommandPart> inOrder,
    DeviceReport first,
    DeviceReport second) {

  /**
   * Where two programs part.
   *
   * @param where stage and task
   * @param first what the first has there, in words
   * @param second what the second has there
   */
  public record ProgramPart(String where, String first, String second) {}

  /**
   * Where two sequences of commands part: on one channel, as each channel has an order of its own.
   * Of several channels that whose command comes first.
   *
   * @param same commands of the channel before it, which are the same
   * @param first the first variant's command; empty when it has no more
   * @param second the second's
   * @param firstTasks tasks of the first variant's program that were under way then, {@code stage
   *     C, 1.logit}
   * @param secondTasks tasks of the second's
   */
  public record CommandPart(
      long same,
      Optional<Issued> first,
      Optional<Issued> second,
      List<String> firstTasks,
      List<String> secondTasks) {
    public CommandPart {
      firstTasks = List.copyOf(firstTasks);
      secondTasks = List.copyOf(secondTasks);
    }
  }

  /**
   * A command as {@link neupims.api.hw.CommandSink} hears it.
   *
   * @param cycle memory clock cycle of issue, from the start of the iteration's program
   * @param channel from 0
   * @param command what was issued
   * @param rank from 0, or -1 for the whole channel
   * @param bankGroup within the rank, or -1 for all
   * @param bank within the bank group, or -1 for all
   * @param row row address, or -1 where the command has none
   * @param argument column of RD and WR; compute steps of PIM_COMP; else 0
   */
  public record Issued(
      long cycle,
      int channel,
      Command command,
      int rank,
      int bankGroup,
      int bank,
      int row,
      int argument) {}
}
