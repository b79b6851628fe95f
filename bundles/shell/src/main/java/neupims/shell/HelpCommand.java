// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.concurrent.Callable;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What there is to type. */
@Command(
    name = "help",
    mixinStandardHelpOptions = true,
    description = "Lists the commands, or explains one.",
    footer = {"", "Example: neupims help run"})
final class HelpCommand implements Callable<Integer> {
  private final Platform platform;
  private final String closing;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to explain.")
  private String command;

  /**
   * The command.
   *
   * @param closing what is said below the list
   */
  HelpCommand(Platform platform, String closing) {
    this.platform = platform;
    this.closing = closing;
  }

  @Override
  public Integer call() {
    var commands = spec.parent().subcommands();
    if (command == null) {
      Table table = new Table(2, "COMMAND", "DOES");
      commands.forEach(
          (name, line) -> {
            if (name.equals(line.getCommandName())) {
              table.row(name, firstSentence(line));
            }
          });
      platform.out().print(table);
      platform.out().printf("%n%s%n", closing);
      return 0;
    }
    CommandLine line = commands.get(command);
    if (line == null) {
      throw new InputException(
          "unknown command \"" + command + "\"" + NearestName.hint(command, commands.keySet()));
    }
    platform.out().print(line.getUsageMessage());
    return 0;
  }

  private static String firstSentence(CommandLine line) {
    String text = String.join(" ", line.getCommandSpec().usageMessage().description());
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
