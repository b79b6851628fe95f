// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.run.BatchEntry;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;
import neupims.api.unit.InputException;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/** One iteration of a batch that is given. */
class SingleStepTest {
  private final FakePlugins plugins = new FakePlugins();
  private final LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());

  @Test
  void aStepPlacesOnlyRequestsWithoutAChannel() {
    StepResult result =
        simulation.step(
            SampleVariants.variant("a"),
            List.of(new BatchEntry(10, 3), new BatchEntry(20, BatchEntry.UNPLACED)));
    assertEquals(2, result.requests());
    assertEquals(2 * FakeDevice.CYCLES_PER_REQUEST, result.device().blockCycles());
    assertEquals(
        result.device().blockCycles() * SampleVariants.MODEL.layers(), result.stepCycles());
  }

  @Test
  void aStepRefusesWhatCannotBeServed() {
    Variant variant = SampleVariants.variant("a");
    assertRefused(variant, new BatchEntry(101, 0), "101 tokens are more than the 100 positions");
    assertRefused(
        variant, new BatchEntry(5, 4), "channel 4, but memory memory has channels 0 to 3");
  }

  @Test
  void aRefusedRequestIsNamedByItsLineWhereItHasOne() {
    List<BatchEntry> batch = List.of(new BatchEntry(10, 0), new BatchEntry(5, 4, "b.csv, line 3"));
    InputException refusal =
        assertThrows(
            InputException.class, () -> simulation.step(SampleVariants.variant("a"), batch));
    assertTrue(refusal.getMessage().startsWith("b.csv, line 3: channel 4"), refusal.getMessage());
  }

  private void assertRefused(Variant variant, BatchEntry entry, String words) {
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> simulation.step(variant, List.of(new BatchEntry(10, 0), entry)));
    assertTrue(refusal.getMessage().contains("request 2"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }
}
