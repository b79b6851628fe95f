// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.hw.NpuSpec;
import neupims.api.run.CatalogKind;
import neupims.api.run.Experiment;
import neupims.api.run.MemoryAlone;
import neupims.api.run.PaperExperiment;
import neupims.api.run.Plugins;
import neupims.api.run.Setting;
import neupims.api.run.Swap;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.api.workload.LengthDistribution;
import neupims.catalog.item.CatalogFiles;
import neupims.catalog.item.DatasetReader;
import neupims.catalog.item.ItemReader;
import neupims.catalog.item.PartNames;
import neupims.catalog.schema.KeyTable;
import neupims.catalog.text.JsonText;
import neupims.catalog.text.TextFile;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/** Experiments and single variants, and parts of systems alone. */
public final class Experiments {
  private static final String DEFAULT = "experiments/default.json";
  private static final String WORKLOAD = "workload";
  private static final String CHECK_TIMING = "checkTiming";

  private final ExperimentFile standard;
  private final Values defaults;
  private final Resolver resolver;
  private final DatasetReader datasets;
  private final Plugins plugins;

  /**
   * Experiments on the items of a catalog.
   *
   * @param files the catalog
   * @param plugins the plug-ins that experiments may name
   */
  public Experiments(CatalogFiles files, Plugins plugins) {
    KeyTable table = new KeyTable(CatalogFiles.own("keys.json"));
    ExperimentFile file =
        ExperimentFile.of(CatalogFiles.own(DEFAULT), Origin.of("catalog/" + DEFAULT));
    defaults = file.values();
    PartNames.expand(defaults);
    standard =
        new ExperimentFile(
            file.name(),
            new Values(),
            Optional.empty(),
            file.directory(),
            Optional.empty(),
            file.variants());
    this.plugins = plugins;
    resolver = new Resolver(new ItemReader(files), plugins, table);
    datasets = new DatasetReader(files);
  }

  /**
   * An experiment.
   *
   * @param path its file, null for the default experiment
   * @param settings on top of every variant
   * @throws InputException if anything given is not right
   */
  public Experiment experiment(Path path, List<Setting> settings) {
    Values top = Values.of(settings);
    Optional<Leaf> name = top.remove(ExperimentName.PATH);
    ExperimentFile file = file(path, top);
    Lineup lineup = new Lineup();
    enter(lineup, "", file, top);
    String called =
        name.or(file::name).map(ExperimentName::checked).orElseGet(() -> ExperimentName.of(path));
    Experiment experiment = experiment(called, seed(file.values(), top), lineup, file.directory());
    return file.recorded()
        .flatMap(recorded -> recorded.others(plugins))
        .map(experiment::warning)
        .orElse(experiment);
  }

  /**
   * The variants of several experiments in one.
   *
   * @param paths their files, at least one
   * @param settings on top of every variant
   * @throws InputException if anything given is not right
   */
  public Experiment together(List<Path> paths, List<Setting> settings) {
    if (paths.size() == 1) {
      return experiment(paths.get(0), settings);
    }
    Values top = Values.of(settings);
    Optional<Leaf> name = top.remove(ExperimentName.PATH);
    List<String> labels = ExperimentName.labels(paths);
    Lineup lineup = new Lineup();
    List<ExperimentFile> files = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      ExperimentFile file = file(paths.get(i), top);
      files.add(file);
      enter(lineup, labels.get(i), file, top);
    }
    String called = name.map(ExperimentName::checked).orElseGet(() -> ExperimentName.versus(paths));
    return experiment(called, seed(files.get(0).values(), top), lineup, files.get(0).directory());
  }

  private ExperimentFile file(Path path, Values top) {
    if (path == null) {
      return standard;
    }
    ExperimentFile file = read(path);
    requireWorkload(path, file, top);
    return file;
  }

  private void enter(Lineup lineup, String label, ExperimentFile file, Values top) {
    for (ExperimentFile.Entry entry : file.variants()) {
      List<Values> layers = List.of(file.values(), entry.set(), top);
      Resolution values = resolver.resolve(VariantValues.class, defaults, layers);
      lineup.add(label, entry, resolver.withSwaps(values, entry.swaps().or(file::swaps)));
    }
  }

  private Experiment experiment(String name, long seed, Lineup lineup, Path directory) {
    List<String> warnings = new ArrayList<>();
    List<Variant> variants = new ArrayList<>();
    List<JsonObject> elements = new ArrayList<>();
    for (Lineup.Place place : lineup.places(warnings)) {
      variants.add(variant(place.name(), place.resolution()));
      elements.add(ResolvedJson.element(place.name(), place.resolution()));
    }
    String json = ResolvedJson.experiment(name, seed, elements);
    return new Experiment(name, seed, variants, json, directory, warnings);
  }

  /** The paper's experiments. */
  public List<PaperExperiment> papers() {
    return PaperFile.names().stream().map(name -> PaperFile.read(name).paper()).toList();
  }

  /** One of them, to run: every point is a variant, those of the same values too. */
  public Experiment paper(String name, List<Setting> settings) {
    ExperimentFile file = PaperFile.read(name).experiment();
    Values top = Values.of(settings);
    List<Variant> variants = new ArrayList<>();
    List<JsonObject> elements = new ArrayList<>();
    for (ExperimentFile.Entry entry : file.variants()) {
      List<Values> layers = List.of(file.values(), entry.set(), top);
      Resolution values = resolver.resolve(VariantValues.class, defaults, layers);
      variants.add(variant(entry.name(), values));
      elements.add(ResolvedJson.element(entry.name(), values));
    }
    long seed = seed(file.values(), top);
    String json = ResolvedJson.experiment(name, seed, elements);
    return new Experiment(name, seed, variants, json, file.directory(), List.of());
  }

  /** An experiment with the swaps that each variant's run has seen. */
  public static String recording(Experiment experiment, List<List<Swap>> swaps) {
    return ResolvedJson.withSwaps(experiment.resolvedJson(), swaps);
  }

  /** One variant of the default experiment. */
  public Variant variant(List<Setting> settings) {
    Values top = Values.of(settings);
    Optional<Leaf> name = top.remove(ExperimentName.PATH);
    return variant(
        name.map(ExperimentName::checked).orElse(""),
        resolver.resolve(VariantValues.class, defaults, List.of(top)));
  }

  /** A memory alone. */
  public MemoryAlone memory(String name, List<Setting> settings) {
    Values least = new Values();
    defaults.get(CHECK_TIMING).ifPresent(leaf -> least.put(CHECK_TIMING, leaf));
    VariantValues.OfMemory of =
        alone(CatalogKind.MEMORY, name, least, settings, VariantValues.OfMemory.class);
    return new MemoryAlone(of.memory(), of.checkTiming());
  }

  /** An NPU alone. */
  public NpuSpec npu(String name, List<Setting> settings) {
    return alone(CatalogKind.NPU, name, new Values(), settings, VariantValues.OfNpu.class).npu();
  }

  private <T> T alone(
      CatalogKind kind, String name, Values least, List<Setting> settings, Class<T> root) {
    Values top = Values.of(settings);
    Setting choice = new Setting(kind.word(), name, "--" + kind.word());
    top.put(PartNames.path(kind), Leaf.of(choice));
    return resolver.resolve(root, least, List.of(top)).binder().bind(root, "");
  }

  private static ExperimentFile read(Path path) {
    String text = TextFile.read(path, "an experiment as a JSON file", "");
    return ExperimentFile.of(JsonText.object(path.toString(), text), Origin.of(path));
  }

  /** Everything has a default but what the experiment is about. */
  private static void requireWorkload(Path path, ExperimentFile file, Values settings) {
    boolean given =
        settings.anyUnder(WORKLOAD)
            || file.values().anyUnder(WORKLOAD)
            || file.variants().stream().anyMatch(v -> v.set().anyUnder(WORKLOAD));
    if (!given) {
      throw new InputException(
          path
              + ": workload: missing; expected an object such as"
              + " {\"source\": \"all-at-once\", \"dataset\": \"sharegpt\"}");
    }
  }

  private Variant variant(String name, Resolution resolution) {
    Optional<LengthDistribution> lengths =
        resolution.values().get(WORKLOAD + ".dataset").map(datasets::read);
    return VariantAssembly.variant(name, resolution, lengths);
  }

  /** The seed of an experiment is that of its variants unless one has its own. */
  private long seed(Values base, Values top) {
    Values values = defaults.copy();
    values.putAll(base);
    values.putAll(top);
    return resolver.seed(values);
  }
}
