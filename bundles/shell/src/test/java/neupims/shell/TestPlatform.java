// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import neupims.api.run.PluginCheck;
import neupims.api.run.RunLog;
import neupims.api.run.RunLogs;
import picocli.CommandLine;

/** A platform without a framework: what commands ask for is recorded, what they print is kept. */
final class TestPlatform {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final List<String> announced = new CopyOnWriteArrayList<>();
  final FakePlugins plugins = new FakePlugins();
  final FakeCatalog catalog = new FakeCatalog();
  final FakeSimulation simulation = new FakeSimulation();
  final FakeValidation validation = new FakeValidation();
  List<PluginCheck> checks = List.of();

  /** The commands of a lab, which print here. */
  LabCommands lab() {
    Announcer announcer = new Announcer();
    announcer.to(announced::add);
    return new LabCommands(platform(), new LiveRuns(announcer), announcer);
  }

  int run(LabCommands lab, String... words) {
    return lab.execute(List.of(words), platform().out(), platform().err());
  }

  private Platform platform() {
    Services services =
        new Services(
            plugins,
            catalog,
            simulation,
            simulation,
            new FakeMicro(),
            validation,
            (experiment, directory) -> new NoLogs(),
            new OneBrokenJar(),
            (jar, limit, values) -> checks);
    return new Platform(
        services,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  int run(String... arguments) {
    Platform platform = platform();
    PrintStream outStream = platform.out();
    PrintStream errStream = platform.err();
    CommandLine line = CommandLineService.commandLine(platform);
    line.setOut(new PrintWriter(outStream, true));
    line.setErr(new PrintWriter(errStream, true));
    line.getSubcommands().values().forEach(c -> c.setErr(line.getErr()).setOut(line.getOut()));
    return line.execute(arguments);
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The one object on standard output. */
  JsonObject json() {
    return JsonParser.parseString(out()).getAsJsonObject();
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Writes nothing. */
  private static final class NoLogs implements RunLogs.Session {
    @Override
    public RunLog log(int variant) {
      return RunLog.NONE;
    }

    @Override
    public void close() {}
  }
}
