// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import neupims.api.metric.Utilization;
import neupims.api.run.Distribution;
import neupims.api.run.Experiment;
import neupims.api.run.MeasureSpec;
import neupims.api.run.PrefillUse;
import neupims.api.run.RunResult;
import neupims.api.run.ServingResult;
import neupims.api.run.VariantResult;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prefill pool in {@code result.json}. */
class PrefillJsonTest {
  private static final PrefillUse USE =
      new PrefillUse(
          3,
          70,
          0.25,
          0.5,
          Optional.of(new Distribution(3, 0.1, 0.2, 0.3, 0.4, 0.5)),
          Optional.empty(),
          List.of(new PrefillUse.Group(2, 50, 0.4), new PrefillUse.Group(1, 20, 0.1)),
          List.of(new PrefillUse.Link(1, 4096, 0.75)));

  @Test
  void aPoolIsThereWithItsGroupsAndLinks(@TempDir Path directory) throws IOException {
    JsonObject pool = variant(directory, Optional.of(USE)).getAsJsonObject("prefillPool");
    assertEquals(3, pool.get("prompts").getAsLong());
    assertEquals(70, pool.get("promptTokens").getAsLong());
    assertEquals(0.25, pool.get("busyFraction").getAsDouble());
    assertEquals(0.5, pool.get("meanWaiting").getAsDouble());
    assertEquals(0.5, pool.getAsJsonObject("waitSeconds").get("p99").getAsDouble());
    assertTrue(pool.get("transferSeconds").isJsonNull());
    JsonObject second = pool.getAsJsonArray("groups").get(1).getAsJsonObject();
    assertEquals(1, second.get("prompts").getAsLong());
    assertEquals(20, second.get("promptTokens").getAsLong());
    assertEquals(0.1, second.get("busyFraction").getAsDouble());
    JsonObject link = pool.getAsJsonArray("links").get(0).getAsJsonObject();
    assertEquals(1, link.get("caches").getAsLong());
    assertEquals(4096, link.get("bytes").getAsLong());
    assertEquals(0.75, link.get("busyFraction").getAsDouble());
  }

  @Test
  void withoutAPoolNothingIsSaidOfOne(@TempDir Path directory) throws IOException {
    assertFalse(variant(directory, Optional.empty()).has("prefillPool"));
  }

  private static JsonObject variant(Path directory, Optional<PrefillUse> use) throws IOException {
    ServingResult serving =
        new ServingResult(
            0,
            1,
            3,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new ServingResult.Rates(0, 0, 3, 3, 1),
            new ServingResult.KvUse(0.1, 0.1, 0, 0, 0, 0, 0),
            new ServingResult.Load(0.5, 1, 1, 0, 0, false),
            use);
    VariantResult result =
        new VariantResult(
            SampleVariants.variant("a"),
            MeasureSpec.Mode.SERVING,
            1,
            3,
            1000,
            2,
            10,
            new Utilization(0.25, 0.5, 0.75),
            Optional.empty(),
            0.4,
            1.2,
            300,
            0,
            List.of(),
            Optional.of(serving),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            1,
            "completed",
            null);
    Experiment experiment = new Experiment("e", 7, List.of(result.variant()), "{}");
    Path file =
        new JsonReport((of, swaps) -> of.resolvedJson())
            .write(new RunResult(experiment, List.of(result)), directory);
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    return json.getAsJsonArray("variants").get(0).getAsJsonObject();
  }
}
