// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import neupims.api.unit.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers bad usage in two lines and the nearest valid option instead of the whole help. */
final class BadUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    String command = line.getCommandSpec().qualifiedName();
    err.println(command + ": " + words(failure) + hint(failure, line.getCommandSpec()));
    err.println("see: " + command + " --help");
    return Failures.BAD_INPUT;
  }

  /** A value of the wrong type is named like one that is out of range. */
  private static String words(ParameterException failure) {
    boolean option = failure.getArgSpec() != null && failure.getArgSpec().isOption();
    if (!option || failure.getValue() == null) {
      return failure.getMessage();
    }
    OptionSpec spec = (OptionSpec) failure.getArgSpec();
    Class<?> type = spec.type();
    boolean number = type == int.class || type == Integer.class;
    return number
        ? "%s %s: expected a whole number".formatted(spec.longestName(), failure.getValue())
        : failure.getMessage();
  }

  /** The option or command that an unknown word was probably meant to be. */
  private static String hint(ParameterException failure, CommandSpec spec) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> known = new ArrayList<>(spec.subcommands().keySet());
    known.addAll(spec.optionsMap().keySet());
    return NearestName.hint(unmatched.getUnmatched().get(0), known);
  }
}
