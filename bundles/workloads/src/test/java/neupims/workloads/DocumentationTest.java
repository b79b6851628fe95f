// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.RequestSource;
import neupims.workloads.trace.TraceSource;
import org.junit.jupiter.api.Test;

/** What docs/WORKLOADS.md says of the keys is so. */
class DocumentationTest {
  private static final Map<String, RequestSource> SOURCES =
      Map.of(
          "all-at-once", new AllAtOnceSource(),
          "constant-rate", new ConstantRateSource(),
          "poisson", new PoissonSource(),
          "gamma", new GammaSource(),
          "trace", new TraceSource());

  @Test
  void itListsEverySourceAndParameter() throws IOException {
    String text = Files.readString(Path.of("../../docs/WORKLOADS.md"));
    SOURCES.forEach(
        (name, source) -> {
          assertTrue(text.contains("| `" + name + "` |"), name);
          source.parameters().forEach(p -> assertTrue(text.contains(row(name, p)), row(name, p)));
        });
  }

  private static String row(String source, ParameterSpec parameter) {
    String values =
        switch (parameter.type()) {
          case FLAG -> "true, false";
          case REAL -> plain(parameter.min()) + " to " + plain(parameter.max());
          case FILE -> "file";
          default -> throw new AssertionError(parameter + " has no form in the table");
        };
    String leave =
        parameter
            .defaultValue()
            .map(value -> ", default " + value.toString().replaceFirst("\\.0$", ""))
            .orElse(parameter.required() ? "" : ", optional");
    return "| `%s` | `%s` | %s%s | %s |"
        .formatted(source, parameter.name(), values, leave, parameter.description());
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
