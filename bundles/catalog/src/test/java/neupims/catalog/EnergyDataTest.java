// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.assertRefused;
import static neupims.catalog.TestCatalog.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.hw.DramCurrents;
import neupims.api.hw.PimEnergy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the data files say of currents and energies. */
class EnergyDataTest {
  private static final Path HBM2 = Path.of("src/main/resources/neupims/catalog/memories/hbm2.json");

  @Test
  void currentsAreThoseOfTheFactsAndThePimsFactorsToo() {
    DramCurrents currents = new DramCurrents(1.2, 1, 65, 28, 40, 40, 55, 390, 500, 250, 31);
    for (String name : List.of("hbm2", "pim-newton", "pim-neupims")) {
      assertEquals(currents, CATALOG.memory(name, List.of()).currents().orElseThrow());
    }
    assertEquals(new PimEnergy(4, 16, 1, 4, 0), pimEnergy("pim-newton"));
    assertEquals(new PimEnergy(4, 16, 1, 4, 15), pimEnergy("pim-neupims"));
  }

  @Test
  void aMemoryMayLeaveItsCurrentsOutButNotSomeOfThem(@TempDir Path directory) throws IOException {
    JsonObject json = JsonParser.parseString(Files.readString(HBM2)).getAsJsonObject();
    json.remove("currents");
    json.remove("sources");
    String file = Files.writeString(directory.resolve("silent.json"), json.toString()).toString();
    assertTrue(CATALOG.memory(file, List.of()).currents().isEmpty());
    assertRefused(
        () -> CATALOG.memory(file, set("memory.currents.vddVolts=1.1")),
        "silent.json: currents.devicesPerRank: missing");
  }

  private static PimEnergy pimEnergy(String memory) {
    return CATALOG.memory(memory, List.of()).pim().orElseThrow().energy().orElseThrow();
  }
}
