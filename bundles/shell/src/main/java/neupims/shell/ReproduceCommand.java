// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import neupims.api.run.Experiment;
import neupims.api.run.PaperExperiment;
import neupims.api.run.RunResult;
import neupims.api.run.VariantResult;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The paper's experiments, our figures beside the paper's. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs the NeuPIMs paper's experiments and prints our figures beside the paper's. Without a"
            + " name: those that take a few minutes together.",
    footer = {"", "Example: neupims reproduce ablation --set reference=true"})
final class ReproduceCommand implements Callable<Integer> {
  private final Platform platform;

  @Parameters(paramLabel = "NAME", description = "Experiments; --list names them.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "Run every experiment; eight minutes of CPU.")
  private boolean all;

  @Option(names = "--list", description = "List the experiments and run nothing.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write a directory for each experiment (default: runs/<timestamp>-reproduce).")
  private Path out;

  @Mixin private SettingOptions set = new SettingOptions();

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description =
          "Replace this command's tables in a Markdown file, between <!-- begin: neupims reproduce"
              + " NAME --> and <!-- end -->.")
  private Path into;

  @Option(names = "--json", description = "Print one JSON object and nothing else.")
  private boolean json;

  ReproduceCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() throws IOException {
    List<PaperExperiment> known = platform.services().catalog().paperExperiments();
    if (list) {
      platform.out().print(json ? ReproduceJson.list(known) : ReproduceText.list(known));
      return 0;
    }
    List<PaperExperiment> chosen = chosen(known);
    Map<PaperExperiment, Experiment> resolved = new LinkedHashMap<>();
    chosen.forEach(
        p -> resolved.put(p, platform.services().catalog().paperExperiment(p, set.settings())));
    MarkdownTables document = document(chosen);
    Path directory = ResultDirectory.prepare("reproduce", out, false).path();
    List<Reproduced> done = new ArrayList<>();
    for (Map.Entry<PaperExperiment, Experiment> entry : resolved.entrySet()) {
      Reproduced one = run(entry.getKey(), entry.getValue(), directory);
      done.add(one);
      if (!json) {
        platform.out().print(ReproduceText.text(one));
        platform.out().flush();
      }
      if (document != null && one.isWhole()) {
        document.replace(command(one.paper()), ReproduceText.markdown(one));
        document.write();
      }
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
    }
    sayWhatIsMissing(chosen, done);
    if (json) {
      platform.out().print(ReproduceJson.of(done));
    }
    return exit(chosen, done);
  }

  /** After an interrupt. */
  private void sayWhatIsMissing(List<PaperExperiment> chosen, List<Reproduced> done) {
    List<String> parts = new ArrayList<>();
    for (Reproduced one : done) {
      if (!one.isWhole() && !one.hasFailed()) {
        parts.add("figures of " + one.paper().name() + " are of the points that ended");
      }
    }
    List<String> left = chosen.stream().skip(done.size()).map(PaperExperiment::name).toList();
    if (!left.isEmpty()) {
      parts.add("not run: " + String.join(", ", left));
    }
    if (!parts.isEmpty()) {
      String kept = into == null ? "" : "; " + into + " keeps its tables of these";
      platform.err().printf("interrupted: %s%s%n", String.join("; ", parts), kept);
    }
  }

  /** The file for tables, null if none is wanted; checked before anything runs. */
  private MarkdownTables document(List<PaperExperiment> chosen) throws IOException {
    if (into == null) {
      return null;
    }
    MarkdownTables document = MarkdownTables.read(into);
    chosen.forEach(paper -> document.require(command(paper)));
    return document;
  }

  /** The command line of one experiment alone. */
  private String command(PaperExperiment paper) {
    StringBuilder line = new StringBuilder("neupims reproduce ").append(paper.name());
    set.pairs().forEach(pair -> line.append(" --set ").append(pair));
    return line.toString();
  }

  /** The named ones; all but those that others contain; or those that run by default. */
  private List<PaperExperiment> chosen(List<PaperExperiment> known) {
    if (all && !names.isEmpty()) {
      throw new InputException("--all and " + names.get(0) + ": give one or the other");
    }
    List<String> every = known.stream().map(PaperExperiment::name).toList();
    for (String name : names) {
      if (!every.contains(name)) {
        throw new InputException(
            "\"%s\" is not an experiment of the paper; allowed: %s%s"
                .formatted(name, String.join(", ", every), NearestName.hint(name, every)));
      }
    }
    return known.stream()
        .filter(
            p ->
                all
                    ? p.partOf().isEmpty()
                    : names.isEmpty() ? p.byDefault() : names.contains(p.name()))
        .toList();
  }

  private Reproduced run(PaperExperiment paper, Experiment experiment, Path parent)
      throws IOException {
    long start = System.nanoTime();
    platform.err().printf("%s: %d points%n", paper.name(), paper.points().size());
    RunResult result;
    boolean terminal = Boolean.getBoolean("neupims.stderr.terminal");
    try (Progress progress = new Progress(platform.err(), terminal, paper.points().size())) {
      result = platform.services().simulation().run(experiment, progress);
    }
    Path directory = Files.createDirectories(parent.resolve(paper.name()));
    Path main = Reports.write(platform.services().plugins(), result, directory);
    Reproduced done =
        new Reproduced(
            paper,
            result,
            platform.services().validation().compare(paper, result),
            main,
            (System.nanoTime() - start) / 1e9);
    Files.writeString(directory.resolve("figures.json"), ReproduceJson.of(done));
    complain(done);
    return done;
  }

  private void complain(Reproduced done) {
    for (VariantResult variant : done.result().variants()) {
      if (variant.failure() != null) {
        platform.err().printf("failed: %s: %s%n", variant.variant().name(), variant.failure());
      }
    }
    long warned = done.result().variants().stream().filter(v -> !v.warnings().isEmpty()).count();
    if (warned > 0) {
      platform.err().printf("%d points have warnings, see %s%n", warned, done.file());
    }
  }

  private static int exit(List<PaperExperiment> chosen, List<Reproduced> done) {
    if (done.stream().anyMatch(Reproduced::hasFailed)) {
      return Failures.FAILED;
    }
    boolean whole = done.size() == chosen.size() && done.stream().allMatch(Reproduced::isWhole);
    return whole ? 0 : Failures.INTERRUPTED;
  }
}
