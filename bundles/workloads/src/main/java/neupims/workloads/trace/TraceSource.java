// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.unit.InputException;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.osgi.service.component.annotations.Component;

/**
 * Requests of a file, in one of the formats of {@link TraceFormat}. Lengths are handed on as they
 * are, also those that no model has positions for: rejecting a request is the server's business.
 */
@Component(property = "service.description=requests of a file: CSV, Azure's traces, token counts")
@NeupimsName("trace")
public final class TraceSource implements RequestSource {
  private static final String FILE = "file";
  private static final String SPEEDUP = "speedup";
  private static final String RATE = "rate";
  private static final String LENIENT = "lenient";
  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.file(FILE, "a trace as a CSV or TSV file"),
        ParameterSpec.real(SPEEDUP, 1e-6, 1e6, "the file's arrival times are divided by it")
            .orElse(1),
        ParameterSpec.real(RATE, 1e-6, 1e6, "requests per second, for a file without arrival times")
            .optional(),
        ParameterSpec.flag(LENIENT, false, "skip and count bad lines instead of stopping"));
  }

  @Override
  public boolean drawsLengths() {
    return false;
  }

  @Override
  public RequestStream open(WorkloadSpec spec) {
    Parameters parameters = spec.parameters();
    TraceText text = text(parameters.file(FILE));
    TraceOptions options =
        new TraceOptions(
            spec.requests(),
            parameters.flag(LENIENT),
            parameters.real(SPEEDUP),
            parameters.has(RATE) ? NANOS_PER_SECOND / parameters.real(RATE) : 0);
    refuseUnfit(text, parameters);
    return new TraceStream(text, options);
  }

  /** A parameter that could have no effect on this file is a mistake. */
  private static void refuseUnfit(TraceText text, Parameters parameters) {
    try (TraceLines lines = new TraceLines(text)) {
      boolean timed = lines.header().format().timed();
      if (timed && parameters.has(RATE)) {
        throw new InputException(
            "workload.rate: not allowed with %s, which has arrival times; speedup changes those"
                .formatted(text.name()));
      }
      if (!timed && parameters.real(SPEEDUP) != 1) {
        throw new InputException(
            "workload.speedup: not allowed with %s, which has no arrival times; rate gives it some"
                .formatted(text.name()));
      }
    }
  }

  private static TraceText text(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file + ": is not an ordinary file; a trace is read twice, expected a CSV or TSV file");
    }
    return new TraceText() {
      @Override
      public String name() {
        return file.toString();
      }

      @Override
      public Reader open() throws IOException {
        return Files.newBufferedReader(file);
      }
    };
  }
}
