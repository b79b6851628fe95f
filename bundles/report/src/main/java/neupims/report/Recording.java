// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import neupims.api.run.Experiment;
import neupims.api.run.Swap;

/**
 * {@code recording.json}: the experiment with the swaps that its run has seen so far. The file is
 * whole at any time, also when the run is killed.
 */
final class Recording {
  private static final String FILE = "recording.json";

  /** The catalog's word for where relative names of files start. */
  private static final String RECORDED_IN = "recordedIn";

  private final Gson gson =
      new GsonBuilder()
          .setStrictness(Strictness.STRICT)
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .create();

  private final BiFunction<Experiment, List<List<Swap>>, String> recorder;
  private final Experiment experiment;
  private final Path directory;
  private final List<List<Swap>> swaps = new ArrayList<>();

  /** Of a run that has seen nothing yet. */
  Recording(
      BiFunction<Experiment, List<List<Swap>>, String> recorder,
      Experiment experiment,
      Path directory)
      throws IOException {
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

  private void write() throws IOException {
    JsonObject json = JsonParser.parseString(recorder.apply(experiment, swaps)).getAsJsonObject();
    json.addProperty(RECORDED_IN, experiment.directory().toString());
    Path next = directory.resolve(FILE + ".next");
    Files.writeString(next, gson.toJson(json) + System.lineSeparator());
    Files.move(next, directory.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
  }
}
