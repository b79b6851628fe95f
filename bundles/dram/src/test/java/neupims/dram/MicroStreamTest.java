// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import neupims.api.hw.Transfer;
import neupims.api.run.StreamPattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Streams of one channel against micro_dram_stream.csv, bounds of issue 3. */
class MicroStreamTest {
  private static final List<String[]> ROWS = ReferenceFigures.rows("micro_dram_stream.csv");

  private static long cycles(String memory, String pattern, int requests) {
    Bench bench = new Bench(Memories.reference(memory));
    Transfer transfer =
        bench.stream(StreamPattern.valueOf(pattern.toUpperCase(Locale.ROOT)), requests);
    bench.run();
    assertTrue(transfer.done());
    return transfer.lastDoneCycle();
  }

  @TestFactory
  Stream<DynamicTest> everyRowIsWithinItsBound() {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    String.join(",", row),
                    () -> {
                      int requests = Integer.parseInt(row[2]);
                      long reference = Long.parseLong(row[3]);
                      long ours = cycles(row[0], row[1], requests);
                      boolean plain = row[0].equals("hbm2");
                      double bound =
                          plain
                              ? 0.20 * reference
                              : requests >= 1024
                                  ? 0.03 * reference
                                  : Math.max(10, 0.10 * reference);
                      assertEquals(reference, ours, bound);
                    }));
  }

  @Test
  void meanErrorOnThePimMemoriesIsUnderTwoPercent() {
    List<Double> errors = new ArrayList<>();
    for (String[] row : ROWS) {
      if (!row[0].equals("hbm2")) {
        double ours = cycles(row[0], row[1], Integer.parseInt(row[2]));
        errors.add(Math.log(ours / Long.parseLong(row[3])));
      }
    }
    assertTrue(ReferenceFigures.geometricMean(errors) < 2);
  }
}
