// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.concurrent.CancellationException;
import neupims.api.unit.InputException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in words; a stack trace only for those who ask with NEUPIMS_DEBUG=1. */
final class Failures implements IExecutionExceptionHandler {
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  /** 128 + SIGINT, as shells have it. */
  static final int INTERRUPTED = 130;

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    String command = line.getCommandSpec().qualifiedName();
    if (failure instanceof CancellationException) {
      line.getErr().println(command + ": interrupted");
      return INTERRUPTED;
    }
    boolean input = failure instanceof InputException;
    String words = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    line.getErr().println(command + (input ? ": " : " failed: ") + words);
    if ("1".equals(System.getenv("NEUPIMS_DEBUG"))) {
      failure.printStackTrace(line.getErr());
    } else if (!input) {
      line.getErr().println("(NEUPIMS_DEBUG=1 shows where)");
    }
    return input ? BAD_INPUT : FAILED;
  }
}
