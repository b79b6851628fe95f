// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(
    name = "neupims",
    mixinStandardHelpOptions = true,
    versionProvider = BundleVersion.class,
    description = "Simulates LLM decoding on NPU + processing-in-memory systems.",
    footer = {
      "",
      "Every command has --help. Every command takes --plugins DIR (repeatable): jars to load"
          + " besides those in plugins/.",
      "Exit codes: 0 done, 1 the run failed, 2 bad usage or input.",
      "",
      "Example: neupims run"
    })
final class NeupimsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? one of: " + String.join(", ", spec.subcommands().keySet()));
  }
}
