// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.run.Plugins;
import neupims.api.run.RunLog;
import neupims.api.run.RunLogs;
import neupims.api.run.Swap;
import neupims.api.run.Variant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code requests.csv} and {@code iterations.csv}, written as a run goes. Variants run side by
 * side, each into parts of its own, which are joined in the order of the experiment when all is
 * over: the same experiment gives the same bytes. Without a serving variant there are none. And
 * {@code recording.json}, up to date at any time.
 */
@Component(
    property = "service.description=recording.json, requests.csv and iterations.csv as a run goes")
public final class CsvLogs implements RunLogs {
  static final String REQUESTS = "requests.csv";
  static final String ITERATIONS = "iterations.csv";

  private final Plugins plugins;
  private final BiFunction<Experiment, List<List<Swap>>, String> recorder;

  /** Called by Declarative Services. */
  @Activate
  public CsvLogs(@Reference Catalog catalog, @Reference Plugins plugins) {
    this(catalog::recording, plugins);
  }

  CsvLogs(BiFunction<Experiment, List<List<Swap>>, String> recorder, Plugins plugins) {
    this.plugins = plugins;
    this.recorder = recorder;
  }

  @Override
  public Session open(Experiment experiment, Path directory) throws IOException {
    Recording recording = new Recording(recorder, plugins, experiment, directory);
    return new CsvSession(experiment, directory, recording);
  }

  private static final class CsvSession implements Session {
    private final List<VariantCsv> variants = new ArrayList<>();
    private final Path directory;

    CsvSession(Experiment experiment, Path directory, Recording recording) {
      this.directory = directory;
      for (Variant variant : experiment.variants()) {
        int index = variants.size();
        variants.add(
            new VariantCsv(variant.name(), directory, index, all -> recording.swapped(index, all)));
      }
    }

    @Override
    public RunLog log(int variant) {
      return variants.get(variant);
    }

    @Override
    public void close() throws IOException {
      for (VariantCsv variant : variants) {
        variant.close();
      }
      if (variants.stream().noneMatch(VariantCsv::wrote)) {
        return;
      }
      join(REQUESTS, VariantCsv.REQUEST_HEADER, variants.stream().map(v -> v.requests).toList());
      join(
          ITERATIONS,
          VariantCsv.ITERATION_HEADER,
          variants.stream().map(v -> v.iterations).toList());
    }

    private void join(String name, String header, List<CsvPart> parts) throws IOException {
      try (OutputStream all = Files.newOutputStream(directory.resolve(name))) {
        all.write((header + "\n").getBytes(StandardCharsets.UTF_8));
        for (CsvPart part : parts) {
          if (part.exists()) {
            Files.copy(part.path(), all);
            Files.delete(part.path());
          }
        }
      }
    }
  }
}
