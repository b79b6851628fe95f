// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import neupims.api.run.DeviceDiff;
import neupims.api.run.Experiment;
import neupims.api.run.RunResult;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.shell.compare.Comparison;
import neupims.shell.compare.Contender;
import neupims.shell.compare.SameRequests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Variants side by side on the same requests. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares variants of one experiment or several on the same requests: figures in percent"
            + " of a baseline's, and what is set differently. Finished results (result.json or its"
            + " directory) are read, not run again.",
    footer = {
      "",
      "Example: neupims compare a.json b.json --baseline a:neupims",
      "Example: neupims compare --diff neupims neupims,memory.timing.rcd=15 --requests batch.csv"
    })
final class CompareCommand implements Callable<Integer> {
  private static final int LINE = 100;

  private final Platform platform;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "Experiments (JSON) and results; none: the default experiment.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--diff",
      description =
          "Find the first iteration, kernel and command in which two variants part, and where the"
              + " cycles went; each is SYSTEM[,KEY=VALUE…] or FILE.json[:VARIANT].")
  private boolean diff;

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description =
          "With --diff: one decode iteration of this batch (CSV: seq_len,channel) instead of the"
              + " variants' runs.")
  private Path requests;

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description = "The variant that others are measured against (default: the first).")
  private String baseline;

  @Option(
      names = "--different-requests",
      description = "Compare although the variants do not get the same requests.")
  private boolean differentRequests;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write result.json and compare.json (default: runs/<timestamp>-<name>).")
  private Path out;

  @Mixin private SettingOptions set = new SettingOptions();

  @Mixin private ThreadOption threads = new ThreadOption();

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Characters in a line before tables are broken (default: " + LINE + ").")
  private int width = LINE;

  @Option(names = "--json", description = "Print compare.json and nothing else.")
  private boolean json;

  CompareCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() throws IOException {
    if (diff) {
      return diff();
    }
    if (requests != null) {
      throw new ParameterException(
          spec.commandLine(), "--requests is for --diff; experiments say what they serve");
    }
    ComparedFiles given = ComparedFiles.read(files);
    return files.isEmpty() || !given.experiments().isEmpty() ? run(given) : read(given);
  }

  private int diff() {
    if (baseline != null || out != null || differentRequests) {
      throw new ParameterException(
          spec.commandLine(), "--diff takes no --baseline, --different-requests and --out");
    }
    DiffSides sides = DiffSides.of(files, set.settings(), platform.services().catalog());
    Variant first = sides.variants().get(0);
    Variant second = sides.variants().get(1);
    DeviceDiff found =
        requests == null
            ? platform.services().comparison().runs(first, second)
            : platform
                .services()
                .comparison()
                .step(first, second, platform.services().catalog().batch(requests));
    platform
        .out()
        .print(json ? DiffJson.text(found, sides.names()) : DiffText.text(found, sides.names()));
    return 0;
  }

  private int run(ComparedFiles given) throws IOException {
    Running running = new Running(platform, threads.count());
    Experiment experiment =
        files.isEmpty()
            ? platform.services().catalog().experiment(null, set.settings())
            : platform.services().catalog().together(given.experiments(), set.settings());
    running.warn(experiment);
    // Whatever can be refused is refused before anything runs.
    List<Contender> planned =
        Contender.planned(JsonParser.parseString(experiment.resolvedJson()).getAsJsonObject());
    requireSame(Comparison.of(given.with(planned), baseline));
    requireSameFiles(experiment);
    ResultDirectory directory = ResultDirectory.prepare(experiment, out, false);
    RunResult result = running.run(experiment, directory.path(), false);
    Path main = Reports.write(platform.services().plugins(), result, directory.path());
    List<Contender> run = Contender.of(ComparedFiles.object(main), main.toString());
    Comparison comparison = Comparison.of(given.with(run), baseline);
    print(comparison);
    write(comparison, directory.path());
    if (!json) {
      platform.out().println();
      platform.out().println("The rest is in " + directory.stable(main).getParent());
    }
    return running.complain(result, directory.path());
  }

  private int read(ComparedFiles given) throws IOException {
    if (!set.settings().isEmpty()) {
      throw new InputException(
          set.settings().get(0).origin()
              + ": there is no experiment to change, only results of runs that are over");
    }
    Comparison comparison = Comparison.of(given.with(List.of()), baseline);
    requireSame(comparison);
    print(comparison);
    if (out != null) {
      Files.createDirectories(out);
      write(comparison, out);
    }
    return 0;
  }

  private void print(Comparison comparison) {
    comparison.warnings().forEach(w -> platform.err().println("warning: " + w));
    platform.out().print(json ? CompareJson.text(comparison) : CompareText.text(comparison, width));
  }

  private static void write(Comparison comparison, Path directory) throws IOException {
    Files.writeString(directory.resolve("compare.json"), CompareJson.text(comparison));
  }

  private void requireSame(Comparison comparison) {
    if (!differentRequests) {
      SameRequests.require(comparison);
    }
  }

  /** Two files may have one name in the directories of two experiments. */
  private void requireSameFiles(Experiment experiment) {
    Variant first = experiment.variants().get(0);
    for (Variant variant : experiment.variants()) {
      if (!differentRequests
          && !variant.workload().parameters().equals(first.workload().parameters())) {
        throw SameRequests.refused(
            "workload",
            first.name() + " and " + variant.name(),
            first.workload().parameters().values()
                + " and "
                + variant.workload().parameters().values());
      }
    }
  }
}
