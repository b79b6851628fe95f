// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import neupims.api.metric.DeviceReport;
import org.junit.jupiter.api.Test;

/** What {@code step} takes and prints. */
class StepCommandTest {
  private final TestPlatform platform = new TestPlatform();

  @Test
  void stepAsJsonHasTheContractsFields() {
    assertEquals(0, platform.run("step", "--requests", "x.csv", "--json"));
    JsonObject json = platform.json();
    assertEquals(10, json.get("blockCycles").getAsLong());
    assertEquals(320, json.get("stepCycles").getAsLong());
    assertEquals(1, json.get("tp").getAsInt());
    assertEquals(2, json.get("requests").getAsInt());
    assertEquals(0.5, json.getAsJsonObject("utilization").get("pim").getAsDouble());
    assertEquals(128, json.getAsJsonObject("traffic").get("writeBytes").getAsLong());
    assertEquals(0, json.getAsJsonObject("commands").get("PIM_PRE").getAsLong());
    assertEquals(2, json.getAsJsonObject("commands").get("WR").getAsLong());
    assertEquals(0.5, json.getAsJsonObject("kv").get("peakFraction").getAsDouble());
    assertEquals(0.25, json.get("wallSeconds").getAsDouble());
    assertEquals(1, json.getAsJsonObject("energyJoules").get("npu").getAsDouble());
    assertEquals(2, json.getAsJsonObject("energyJoules").get("memory").getAsDouble());
    assertEquals(5, json.getAsJsonObject("energyJoules").get("pim").getAsDouble());
    assertEquals(8, json.getAsJsonObject("energyJoules").get("total").getAsDouble());
    assertEquals(
        "A", json.getAsJsonArray("stages").get(0).getAsJsonObject().get("name").getAsString());
    assertTrue(json.getAsJsonArray("stages").get(0).getAsJsonObject().get("partOf").isJsonNull());
  }

  @Test
  void aStageThatWasMeasuredInAnotherSaysSo() {
    platform.simulation.device = measuredInC();
    platform.run("step", "--requests", "x.csv", "--json");
    JsonObject stage = platform.json().getAsJsonArray("stages").get(0).getAsJsonObject();
    assertEquals("C", stage.get("partOf").getAsString());
  }

  @Test
  void theTextSaysSoToo() {
    platform.simulation.device = measuredInC();
    platform.run("step", "--requests", "x.csv");
    assertTrue(platform.out().lines().anyMatch(l -> l.startsWith("A, as in C")), platform.out());
  }

  private static DeviceReport measuredInC() {
    DeviceReport report = FakeSimulation.report();
    var part = report.stages().get(0).asPartOf("C", 3);
    return report.withCommunication(List.of(part), 0);
  }

  @Test
  void anEnergyThatIsNotKnownIsNullAndNotZero() {
    platform.simulation.energy = Optional.empty();
    platform.run("step", "--requests", "x.csv", "--json");
    assertTrue(platform.json().get("energyJoules").isJsonNull());
  }

  @Test
  void aStepsEnergyIsALineOfTheText() {
    platform.run("step", "--requests", "x.csv");
    String line =
        "energy: 8,000.00 mJ on 1 device, 4,000.00 mJ a token; NPU 12.5 %, memory 25.0 %,"
            + " PIM 62.5 %";
    assertTrue(platform.out().lines().anyMatch(line::equals), platform.out());
  }

  @Test
  void optionsBecomeSettingsAndSetComesLast() {
    platform.run(
        "step", "--requests", "x.csv", "--set", "a.b=1=2", "--tp", "8", "--system", "npu-pim");
    assertEquals(
        List.of("system=npu-pim", "model=gpt3-7b", "tp=8", "a.b=1=2"),
        platform.catalog.settings.stream().map(s -> s.path() + "=" + s.value()).toList());
  }

  @Test
  void warningsGoToTheErrorStream() {
    platform.simulation.warnings = List.of("over-committed");
    assertEquals(0, platform.run("step", "--requests", "x.csv", "--json"));
    assertTrue(platform.err().contains("warning: over-committed"), platform.err());
    assertEquals(2, platform.json().get("requests").getAsInt());
  }

  @Test
  void anInterruptedStepEndsWithTheCodeOfTheSignal() {
    platform.simulation.fails = new CancellationException("interrupted");
    assertEquals(130, platform.run("step", "--requests", "b.csv"));
    assertTrue(platform.err().contains("step: interrupted"), platform.err());
  }
}
