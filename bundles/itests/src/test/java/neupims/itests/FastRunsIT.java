// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole runs of the fast device, minutes each: {@code mvn verify -Dtest.excluded=none
 * -Dit.test=FastRunsIT}.
 */
@Tag("long")
class FastRunsIT {
  private static final String STREAM =
      "{\"name\": \"stream\", \"workload\": {\"source\": \"all-at-once\", \"dataset\":"
          + " \"sharegpt\", \"requests\": %d}}";

  @TempDir private Path folder;

  private JsonObject run(int requests, String jvm, String... settings) throws Exception {
    Path file = Files.writeString(folder.resolve("stream.json"), STREAM.formatted(requests));
    List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--json"));
    arguments.addAll(List.of("--out", folder.resolve("out").toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    Distribution.Run run = Distribution.run(folder, List.of(jvm), arguments.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return JsonParser.parseString(run.out())
        .getAsJsonObject()
        .getAsJsonArray("variants")
        .get(0)
        .getAsJsonObject();
  }

  private static void within(double percent, double fast, double exact, String what) {
    double error = 100 * (fast / exact - 1);
    System.out.printf("%s: fast %.6g, exact %.6g, %+.2f %%%n", what, fast, exact, error);
    assertEquals(0, error, percent, what + ": " + fast + ", exact " + exact);
  }

  private static double meanTpot(JsonObject result) {
    return result.getAsJsonObject("tpotSeconds").get("mean").getAsDouble();
  }

  @ParameterizedTest
  @ValueSource(strings = {"npu-only", "npu-pim", "neupims-serial", "neupims"})
  void threeHundredRequestsAreWithinThreePercentOfExact(String system) throws Exception {
    JsonObject exact = run(300, "-Xmx1g", "system=" + system);
    JsonObject fast = run(300, "-Xmx1g", "system=" + system, "fidelity=fast");
    assertEquals(exact.get("tokensGenerated"), fast.get("tokensGenerated"));
    within(
        3,
        fast.get("tokensPerSecond").getAsDouble(),
        exact.get("tokensPerSecond").getAsDouble(),
        system + ", tokens/s");
    within(3, meanTpot(fast), meanTpot(exact), system + ", TPOT");
  }

  /** Ten times the requests in the same heap, which the first of the two nearly needs. */
  @Test
  void aHundredThousandRequestsRunInFlatMemoryAndLinearTime() throws Exception {
    String heap = "-Xmx128m";
    run(10, heap, "fidelity=fast");
    JsonObject some = run(10_000, heap, "fidelity=fast");
    JsonObject many = run(100_000, heap, "fidelity=fast");
    assertEquals(100_000, many.get("requestsCompleted").getAsLong());
    double times = many.get("iterations").getAsDouble() / some.get("iterations").getAsDouble();
    double longer = many.get("wallSeconds").getAsDouble() / some.get("wallSeconds").getAsDouble();
    assertTrue(
        longer < 1.5 * times, "%.1f times the iterations took %.1f times".formatted(times, longer));
  }
}
