// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import neupims.api.run.Conformance;
import neupims.api.run.PluginCheck;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.PropertyResult;
import neupims.api.unit.InputException;
import neupims.itests.plugins.EndlessRouter;
import neupims.itests.plugins.FirstComeScheduler;
import neupims.itests.plugins.LazyScheduler;
import neupims.itests.plugins.UnmadePlacement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** What is said of a jar of plug-ins, good and bad. */
class CheckIT {
  private static RunningPlatform platform;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    platform = new RunningPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    platform.stop();
  }

  private static List<PluginCheck> check(Path jar, Duration limit) {
    return platform.service(Conformance.class).check(jar, limit, Map.of());
  }

  private static List<PluginCheck> check(Path jar) {
    return check(jar, Duration.ofSeconds(60));
  }

  private static PropertyResult property(PluginCheck check, String name) {
    return check.properties().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + check));
  }

  @Test
  void theCommandSaysOfEachPluginOfAJarWhatHoldsAndExitsWithOne() throws Exception {
    Path jar =
        new AuthorsJar()
            .with("first-come", FirstComeScheduler.class)
            .with("lazy", LazyScheduler.class)
            .write(folder.resolve("two.jar"));
    Distribution.Run run = Distribution.run(folder, "check", "two.jar");
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.out().contains("scheduler first-come (two 1.0.0)"), run.out());
    assertTrue(run.out().contains("11 of 11 properties hold"), run.out());
    assertTrue(run.out().contains("FAILED     work conservation"), run.out());
    // What it broke kept these from being tried.
    assertTrue(run.out().contains("not tried  valid plans"), run.out());
    assertTrue(run.out().contains("5 of 11 properties hold, 5 cannot be told"), run.out());

    Distribution.Run json = Distribution.run(folder, "check", "--json", jar.toString());
    assertEquals(1, json.exitCode(), json.err());
    assertTrue(json.out().startsWith("{") && json.out().endsWith("}\n"), json.out());
    assertTrue(json.out().contains("\"plugin\": \"first-come, lazy\""), json.out());
    assertTrue(json.out().contains("\"kind\": \"scheduler\""), json.out());
  }

  @Test
  void whatIsThereNowhereOrNoPluginIsBadInput() throws Exception {
    Distribution.Run missing = Distribution.run(folder, "check", "gone.jar");
    assertEquals(2, missing.exitCode());
    assertTrue(missing.err().contains("gone.jar: does not exist"), missing.err());
    Path text = Files.writeString(folder.resolve("text.jar"), "no zip");
    assertTrue(refusal(text).contains("text.jar: is not a jar file"));
    Path empty = new AuthorsJar().write(folder.resolve("empty.jar"));
    assertTrue(refusal(empty).contains("no plug-in is in it"));
    Path plain = Distribution.HOME.resolve("lib/neupims.launcher.jar");
    assertTrue(refusal(plain).contains("launcher.jar: "));
  }

  private static String refusal(Path jar) {
    return assertThrows(InputException.class, () -> check(jar)).getMessage();
  }

  @Test
  void aGoodPluginHoldsAndIsGoneAgainAfterwards() throws Exception {
    Path jar =
        new AuthorsJar()
            .with("first-come", FirstComeScheduler.class)
            .write(folder.resolve("good.jar"));
    List<PluginCheck> checks = check(jar);
    assertTrue(checks.get(0).pass(), checks.toString());
    assertEquals("neupims.api.schedule 1.2.0", apiOf(checks).split(",")[0]);
    Plugins plugins = platform.service(Plugins.class);
    assertThrows(InputException.class, () -> plugins.select(PluginKind.SCHEDULER, "first-come"));
  }

  @Test
  void whatIsInUseStaysWhereItIsWhileAnotherBuildOfItIsChecked() throws Exception {
    Path used =
        new AuthorsJar()
            .with("used", FirstComeScheduler.class)
            .write(Files.createDirectory(folder.resolve("plugins")).resolve("used.jar"));
    Path built =
        new AuthorsJar()
            .with("used", LazyScheduler.class)
            .write(Files.createDirectory(folder.resolve("target")).resolve("used.jar"));
    Bundle bundle = platform.install(used);
    Plugins plugins = platform.service(Plugins.class);
    Object service = plugins.select(PluginKind.SCHEDULER, "used").service();
    long changes = plugins.changes();
    PluginCheck check = check(built).get(0);
    assertFalse(check.pass(), "it is the lazy one that was checked");
    assertTrue(property(check, "name").pass(), check.toString());
    assertFalse(property(check, "work conservation").pass());
    assertEquals(changes, plugins.changes(), "a run has not seen anything come or go");
    assertSame(service, plugins.select(PluginKind.SCHEDULER, "used").service());
    assertEquals(Bundle.ACTIVE, bundle.getState());
    assertTrue(check(used).get(0).pass(), "the one in use, where it is");
    assertSame(service, plugins.select(PluginKind.SCHEDULER, "used").service());
    bundle.uninstall();
  }

  private static String apiOf(List<PluginCheck> checks) {
    return property(checks.get(0), "API version").detail();
  }

  @Test
  void aPluginOfTheDistributionIsCheckedWhereItIsAndStays() throws Exception {
    Path orca = Distribution.HOME.resolve("bundles/neupims.batch-orca.jar");
    assertTrue(check(orca).get(0).pass());
    platform.service(Plugins.class).select(PluginKind.SCHEDULER, "orca");
  }

  @Test
  void aPluginThatNeverComesBackFailsAfterTheLimitEachTime() throws Exception {
    Path jar =
        new AuthorsJar().with("endless", EndlessRouter.class).write(folder.resolve("endless.jar"));
    PluginCheck endless = check(jar, Duration.ofMillis(500)).get(0);
    PropertyResult valid = property(endless, "valid replicas");
    assertFalse(valid.pass());
    assertTrue(valid.detail().startsWith("not done after 0.5 s, at "), valid.detail());
    assertTrue(valid.detail().contains("EndlessRouter.route"), valid.detail());
  }

  @Test
  void aConstructorThatThrowsIsQuoted() throws Exception {
    Path jar =
        new AuthorsJar().with("unmade", UnmadePlacement.class).write(folder.resolve("unmade.jar"));
    PropertyResult made = property(check(jar).get(0), "can be made");
    assertFalse(made.pass());
    assertTrue(made.detail().contains("no table of weights"), made.detail());
  }

  @Test
  void aPluginForAnotherApiSaysWhichVersionItWantsAndWhichIsHere() throws Exception {
    Path jar =
        new AuthorsJar()
            .with("late", FirstComeScheduler.class)
            .imports("neupims.api.schedule;version=\"[9,10)\",neupims.api.workload")
            .write(folder.resolve("late.jar"));
    PropertyResult api = property(check(jar).get(0), "API version");
    assertFalse(api.pass());
    assertEquals(
        "neupims.api.schedule is wanted in a version from 9.0.0 and under 10.0.0, here is 1.2.0",
        api.detail());
  }

  @Test
  void aNameThatSomebodyHasIsSaidWithWho() throws Exception {
    Path jar =
        new AuthorsJar().with("orca", FirstComeScheduler.class).write(folder.resolve("again.jar"));
    PropertyResult name = property(check(jar).get(0), "name");
    assertFalse(name.pass());
    assertTrue(name.detail().contains("of neupims.batch-orca 0.1.0, too"), name.detail());
  }
}
