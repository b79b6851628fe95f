// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import neupims.api.run.PluginCheck;
import neupims.api.run.PluginInfo;
import neupims.api.run.PropertyResult;
import org.junit.jupiter.api.Test;

/** What {@code check} prints of what a plug-in promises. */
class CheckCommandTest {
  private final TestPlatform platform = new TestPlatform();

  @Test
  void aCheckOfOnePluginIsTheObjectThatMachinesRead() {
    PluginInfo mine = new PluginInfo("scheduler", "mine", "my", "1.0.0", "");
    platform.checks =
        List.of(new PluginCheck(mine, List.of(new PropertyResult("causality", false, "late"))));
    assertEquals(1, platform.run("check", "my.jar", "--json"));
    JsonObject json = platform.json();
    assertEquals("mine", json.get("plugin").getAsString());
    assertEquals("scheduler", json.get("kind").getAsString());
    JsonObject property = json.getAsJsonArray("properties").get(0).getAsJsonObject();
    assertEquals("causality", property.get("name").getAsString());
    assertEquals("late", property.get("detail").getAsString());
    assertFalse(property.get("pass").getAsBoolean());
    assertFalse(json.get("pass").getAsBoolean());
  }

  @Test
  void whatWasNotTriedDoesNotHold() {
    PluginInfo mine = new PluginInfo("scheduler", "mine", "my", "1.0.0", "");
    platform.checks =
        List.of(
            new PluginCheck(
                mine,
                List.of(
                    new PropertyResult("name", true, "mine"),
                    new PropertyResult("causality", false, false, "valid plans is broken"))));
    assertEquals(1, platform.run("check", "my.jar"));
    String row = "not tried +causality +valid plans is broken";
    assertTrue(platform.out().lines().anyMatch(l -> l.matches(row)), platform.out());
    String sum = "1 of 2 properties hold, 1 cannot be told";
    assertTrue(platform.out().contains(sum), platform.out());
  }

  @Test
  void aCheckThatHoldsExitsWithZero() {
    PluginInfo mine = new PluginInfo("scheduler", "mine", "my", "1.0.0", "");
    platform.checks =
        List.of(new PluginCheck(mine, List.of(new PropertyResult("causality", true, "9 cases"))));
    assertEquals(0, platform.run("check", "my.jar"));
    assertTrue(platform.out().contains("scheduler mine (my 1.0.0)"), platform.out());
    assertTrue(platform.out().contains("1 of 1 properties hold"), platform.out());
    assertEquals(2, platform.run("check", "my.jar", "--limit", "0"));
  }
}
