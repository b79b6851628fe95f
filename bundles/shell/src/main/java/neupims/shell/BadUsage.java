// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import neupims.api.unit.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers bad usage in two lines and the nearest valid option instead of the whole help. */
final class BadUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    String command = line.getCommandSpec().qualifiedName();
    err.println(command + ": " + failure.getMessage() + hint(failure, line.getCommandSpec()));
    err.println("see: " + command + " --help");
    return Failures.BAD_INPUT;
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
