// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.json;
import static neupims.catalog.TestCatalog.origin;
import static neupims.catalog.TestCatalog.set;
import static neupims.catalog.TestCatalog.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import neupims.api.hw.DramTiming;
import neupims.api.run.CatalogKind;
import neupims.api.run.SystemSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceOptionsTest {
  /** All but the GPUs, which the reference simulator does not have. */
  static Iterable<String> systems() {
    return CATALOG.names(CatalogKind.SYSTEM).stream().filter(s -> !s.startsWith("gpu")).toList();
  }

  @Test
  void anAcceleratorHasNoOptions() {
    assertFalse(json(variant("system=gpu-only", "reference=true")).has("reference"));
  }

  @ParameterizedTest
  @MethodSource("systems")
  void everyOptionIsOffUntilAskedForAndChangesTheSystemAlone(String system) {
    JsonObject options = json(variant("system=" + system)).getAsJsonObject("reference");
    assertFalse(options.keySet().isEmpty());
    for (String option : options.keySet()) {
      assertFalse(options.get(option).getAsBoolean(), option);
      SystemSpec with = variant("system=" + system, "reference." + option + "=true").system();
      assertNotEquals(variant("system=" + system).system(), with, option);
    }
  }

  @ParameterizedTest
  @MethodSource("systems")
  void allOptionsTogetherAreEachOfThem(String system) {
    JsonObject options =
        json(variant("system=" + system, "reference=true")).getAsJsonObject("reference");
    String[] each =
        options.keySet().stream().map(o -> "reference." + o + "=true").toArray(String[]::new);
    String[] settings = new String[each.length + 1];
    settings[0] = "system=" + system;
    System.arraycopy(each, 0, settings, 1, each.length);
    assertEquals(
        variant("system=" + system, "reference=true").system(), variant(settings).system());
  }

  @Test
  void aSingleOptionWinsOverAllWhateverTheirOrder() {
    DramTiming standard = variant().system().memory().timing();
    assertEquals(
        standard,
        variant("reference.readToPrecharge=false", "reference=true").system().memory().timing());
    assertEquals(
        standard,
        variant("reference=true", "reference.readToPrecharge=false").system().memory().timing());
    assertEquals(5, variant("reference=true").system().memory().timing().rtpL());
  }

  @Test
  void aValueWinsOverAnOptionWhateverTheirOrder() {
    assertEquals(
        7, variant("memory.timing.rtpL=7", "reference=true").system().memory().timing().rtpL());
  }

  @Test
  void anOptionsValuesSayWhereTheyAreFrom() {
    assertEquals(
        "catalog/memories/hbm2.json reference.readToPrecharge",
        origin(variant("reference=true"), "memory.timing.rtpL"));
  }

  @Test
  void partsHaveTheirOptionsAlone() {
    assertEquals(5, CATALOG.memory("pim-newton", set("reference=true")).timing().rtpS());
    assertEquals(5, CATALOG.memory("hbm2", set("reference.readToPrecharge=true")).timing().rtpS());
    assertTrue(
        CATALOG.npu("systolic", set("reference=true")).parameters().flag("softmaxCountsBytes"));
  }

  @Test
  void theBaselinesHaveTheirOwn() {
    String front = "pimInstructionsPerCycle";
    assertEquals(
        1,
        variant("system=npu-pim", "reference=true")
            .system()
            .memory()
            .controller()
            .pimInstructionsPerCycle(),
        front);
    assertEquals(
        0,
        variant("system=neupims-serial", "reference=true")
            .system()
            .memory()
            .controller()
            .pimInstructionsPerCycle(),
        front);
    SystemSpec npuOnly = variant("system=npu-only", "reference=true").system();
    assertEquals(96, npuOnly.memory().controller().maxInFlight());
    assertTrue(npuOnly.npu().parameters().flag("exposedPreload"));
    assertFalse(
        variant("system=npu-pim", "reference=true")
            .system()
            .npu()
            .parameters()
            .flag("exposedPreload"));
  }
}
