// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import neupims.api.run.Experiment;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.Swap;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;

/**
 * {@code recording.json}: the experiment with the swaps that its run has seen so far. The file is
 * whole at any time, also when the run is killed.
 */
final class Recording {
  private static final String FILE = "recording.json";

  /** The catalog's word for where relative names of files start. */
  private static final String RECORDED_IN = "recordedIn";

  /** And for the bundles that a run began with. */
  private static final String RECORDED_WITH = "recordedWith";

  private final Gson gson =
      new GsonBuilder()
          .setStrictness(Strictness.STRICT)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  private final BiFunction<Experiment, List<List<Swap>>, String> recorder;
  private final Experiment experiment;
  private final Path directory;
  private final JsonArray bundles = new JsonArray();
  private final List<List<Swap>> swaps = new ArrayList<>();

  /** Of a run that has seen nothing yet. */
  Recording(
      BiFunction<Experiment, List<List<Swap>>, String> recorder,
      Plugins plugins,
      Experiment experiment,
      Path directory)
      throws IOException {
    plugins.engine().forEach(bundles::add);
    Set<String> used = new HashSet<>();
    experiment.variants().forEach(variant -> used.addAll(namesIn(variant)));
    plugins.list().stream()
        .filter(info -> used.contains(info.kind() + " " + info.name()))
        .forEach(info -> bundles.add(plugins.identity(info)));
    this.recorder = recorder;
    this.experiment = experiment;
    this.directory = directory;
    experiment.variants().forEach(variant -> swaps.add(variant.live().swaps()));
    write();
  }

  /** A variant has seen something; called from its thread. */
  synchronized void swapped(int variant, List<Swap> all) {
    swaps.set(variant, List.copyOf(all));
    try {
      write();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + directory.resolve(FILE), e);
    }
  }

  /** The plug-ins that a variant begins with, each after its kind. */
  private static List<String> namesIn(Variant variant) {
    SystemSpec system = variant.system();
    List<String> names = new ArrayList<>();
    names.add(PluginKind.SCHEDULER.word() + " " + system.scheduler());
    names.add(PluginKind.PLACEMENT.word() + " " + system.placement());
    names.add(PluginKind.SPLIT.word() + " " + system.split());
    names.add(PluginKind.ESTIMATOR.word() + " " + system.estimator());
    names.add(PluginKind.COMPILER.word() + " " + system.compiler());
    names.add(PluginKind.ROUTER.word() + " " + variant.serving().replicas().router());
    names.add(PluginKind.INTERCONNECT.word() + " " + system.interconnect().model());
    names.add(PluginKind.REQUEST_SOURCE.word() + " " + variant.workload().source());
    system
        .accelerator()
        .ifPresentOrElse(
            whole -> names.add(PluginKind.DEVICE_MODEL.word() + " " + whole.model()),
            () -> {
              names.add(PluginKind.NPU_MODEL.word() + " " + system.npu().model());
              names.add(PluginKind.MEMORY_MODEL.word() + " " + system.memory().model());
            });
    return names;
  }

  private void write() throws IOException {
    JsonObject json = JsonParser.parseString(recorder.apply(experiment, swaps)).getAsJsonObject();
    json.addProperty(RECORDED_IN, experiment.directory().toString());
    json.add(RECORDED_WITH, bundles);
    Path next = directory.resolve(FILE + ".next");
    Files.writeString(next, gson.toJson(json) + System.lineSeparator());
    Files.move(next, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }
}
