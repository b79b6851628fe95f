// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import neupims.api.run.Experiment;
import neupims.api.run.RunLog;
import neupims.api.run.RunLogs;
import neupims.api.run.Variant;
import org.osgi.service.component.annotations.Component;

/**
 * {@code requests.csv} and {@code iterations.csv}, written as a run goes. Variants run side by
 * side, each into parts of its own, which are joined in the order of the experiment when all is
 * over: the same experiment gives the same bytes. Without a serving variant there are no files.
 */
@Component(property = "service.description=requests.csv and iterations.csv as a run goes")
public final class CsvLogs implements RunLogs {
  static final String REQUESTS = "requests.csv";
  static final String ITERATIONS = "iterations.csv";

  @Override
  public Session open(Experiment experiment, Path directory) {
    return new CsvSession(experiment, directory);
  }

  private static final class CsvSession implements Session {
    private final List<VariantCsv> variants = new ArrayList<>();
    private final Path directory;

    CsvSession(Experiment experiment, Path directory) {
      this.directory = directory;
      for (Variant variant : experiment.variants()) {
        variants.add(new VariantCsv(variant.name(), directory, variants.size()));
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
