// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows of a reference table without its comments and header. */
final class ReferenceFigures {
  private ReferenceFigures() {}

  static List<String[]> rows(String file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                ReferenceFigures.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("memory,"))
          .map(line -> line.split(","))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Geometric mean of the ratio's distance from 1, in percent. */
  static double geometricMean(List<Double> logarithms) {
    double mean = logarithms.stream().mapToDouble(Math::abs).average().orElseThrow();
    return 100 * (Math.exp(mean) - 1);
  }
}
