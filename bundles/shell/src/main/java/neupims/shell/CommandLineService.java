// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import neupims.api.run.Catalog;
import neupims.api.run.Conformance;
import neupims.api.run.DeviceComparison;
import neupims.api.run.DropIns;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.Plugins;
import neupims.api.run.RunLogs;
import neupims.api.run.Simulation;
import neupims.api.run.Validation;
import neupims.shell.terminal.Terminal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import picocli.CommandLine;

/**
 * The command line as a service of a JDK type: the launcher, outside the framework, shares no class
 * with the bundles and calls this with its arguments; the result is the exit code.
 */
@Component(service = ToIntFunction.class, property = "neupims.role=command-line")
public final class CommandLineService implements ToIntFunction<String[]> {
  private static final String HELP =
      "Every command has --help, and \"help COMMAND\" is the same; docs/ has the rest.";

  private final Platform platform;

  /** There when the lab's own bundles are. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Terminal terminal;

  /** Called by Declarative Services. */
  @Activate
  public CommandLineService(
      @Reference Plugins plugins,
      @Reference Catalog catalog,
      @Reference Simulation simulation,
      @Reference DeviceComparison comparison,
      @Reference MicroBenchmarks micro,
      @Reference Validation validation,
      @Reference RunLogs logs,
      @Reference DropIns dropIns,
      @Reference Conformance conformance) {
    Services services =
        new Services(
            plugins,
            catalog,
            simulation,
            comparison,
            micro,
            validation,
            logs,
            dropIns,
            conformance);
    platform = new Platform(services, System.out, System.err);
  }

  @Override
  public int applyAsInt(String[] arguments) {
    platform.services().dropIns().load();
    DropInText.problems(platform.services().dropIns().list())
        .forEach(p -> platform.err().println("neupims: " + p));
    LabCommand lab = new LabCommand(platform, () -> terminal);
    HelpCommand help = new HelpCommand(platform, HELP);
    int exit = commandLine(platform, new RunCommand(platform, null), lab, help).execute(arguments);
    if (platform.out().checkError()) {
      platform.err().println("neupims: the output could not be written");
      return Failures.FAILED;
    }
    return exit;
  }

  static CommandLine commandLine(Platform platform) {
    return commandLine(platform, new RunCommand(platform, null), new HelpCommand(platform, HELP));
  }

  /**
   * The commands that there are everywhere.
   *
   * @param run the one that runs experiments
   * @param more others
   */
  static CommandLine commandLine(Platform platform, RunCommand run, Object... more) {
    CommandLine line = new CommandLine(new NeupimsCommand());
    line.addSubcommand(new ListCommand(platform));
    line.addSubcommand(new ModelCommand(platform));
    line.addSubcommand(new StepCommand(platform));
    line.addSubcommand(run);
    line.addSubcommand(new CompareCommand(platform));
    line.addSubcommand(new ReplayCallCommand(platform));
    line.addSubcommand(new MicroCommand(platform));
    line.addSubcommand(new ValidateCommand(platform));
    line.addSubcommand(new NewCommand(platform));
    line.addSubcommand(new CheckCommand(platform));
    line.addSubcommand(new ReproduceCommand(platform));
    line.addSubcommand(new VersionCommand(platform));
    Stream.of(more).forEach(line::addSubcommand);
    line.setExecutionExceptionHandler(new Failures());
    line.setParameterExceptionHandler(new BadUsage());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }
}
