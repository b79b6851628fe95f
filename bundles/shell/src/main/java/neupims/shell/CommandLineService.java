// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import neupims.api.run.Catalog;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.Plugins;
import neupims.api.run.RunLogs;
import neupims.api.run.Simulation;
import neupims.api.run.Validation;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import picocli.CommandLine;

/**
 * The command line as a service of a JDK type: the launcher, outside the framework, shares no class
 * with the bundles and calls this with its arguments; the result is the exit code.
 */
@Component(service = ToIntFunction.class, property = "neupims.role=command-line")
public final class CommandLineService implements ToIntFunction<String[]> {
  private final Platform platform;

  /**
   * Called by Declarative Services.
   *
   * @param problems the launcher's list of bundles that could not start, a line each
   */
  @Activate
  public CommandLineService(
      @Reference Plugins plugins,
      @Reference Catalog catalog,
      @Reference Simulation simulation,
      @Reference MicroBenchmarks micro,
      @Reference Validation validation,
      @Reference RunLogs logs,
      @Reference(
              target = "(neupims.role=start-problems)",
              cardinality = ReferenceCardinality.OPTIONAL)
          Supplier<List<String>> problems) {
    List<String> lines = problems == null ? List.of() : problems.get();
    platform =
        new Platform(
            plugins, catalog, simulation, micro, validation, logs, lines, System.out, System.err);
  }

  @Override
  public int applyAsInt(String[] arguments) {
    int exit = commandLine(platform).execute(arguments);
    if (platform.out().checkError()) {
      platform.err().println("neupims: the output could not be written");
      return Failures.FAILED;
    }
    return exit;
  }

  static CommandLine commandLine(Platform platform) {
    CommandLine line = new CommandLine(new NeupimsCommand());
    line.addSubcommand(new ListCommand(platform));
    line.addSubcommand(new ModelCommand(platform));
    line.addSubcommand(new StepCommand(platform));
    line.addSubcommand(new RunCommand(platform));
    line.addSubcommand(new CompareCommand(platform));
    line.addSubcommand(new MicroCommand(platform));
    line.addSubcommand(new ValidateCommand(platform));
    line.setExecutionExceptionHandler(new Failures());
    line.setParameterExceptionHandler(new BadUsage());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }
}
