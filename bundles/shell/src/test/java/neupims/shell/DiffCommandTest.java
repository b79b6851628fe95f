// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Stalls;
import neupims.api.metric.UnitCycles;
import neupims.api.run.DeviceDiff;
import neupims.api.run.DeviceDiff.CommandPart;
import neupims.api.run.DeviceDiff.Issued;
import neupims.api.run.DeviceDiff.ProgramPart;
import neupims.api.run.Setting;
import org.junit.jupiter.api.Test;

class DiffCommandTest {
  private static final Issued READ = new Issued(1_234, 3, Command.RD, 0, 1, 2, 77, 5);
  private static final Issued REFRESH = new Issued(1_236, 3, Command.REF, 1, -1, -1, -1, 0);

  private final TestPlatform platform = new TestPlatform();

  private static DeviceReport report(long computing, long memory) {
    DeviceReport r = FakeSimulation.report();
    UnitCycles npu = new UnitCycles(computing, memory, 0, 0, 0, 0);
    return new DeviceReport(
        computing + memory,
        r.stages(),
        r.tasks(),
        r.utilization(),
        new Stalls(npu, List.of(npu, UnitCycles.NONE), List.of()),
        r.traffic(),
        r.commands(),
        0);
  }

  private static DeviceDiff diff(
      Optional<ProgramPart> program, Optional<CommandPart> inTime, Optional<CommandPart> inOrder) {
    return new DeviceDiff(0, 1, program, inTime, inOrder, report(80, 20), report(80, 40));
  }

  private static CommandPart part() {
    return new CommandPart(
        4_321,
        Optional.of(READ),
        Optional.of(REFRESH),
        List.of("stage C, 1.logit", "stage C, 2.fc1"),
        List.of());
  }

  @Test
  void bothCommandsAreSaidInWordsWithTheTasksUnderWay() {
    platform.simulation.diff = diff(Optional.empty(), Optional.of(part()), Optional.empty());
    assertEquals(0, platform.run("compare", "--diff", "--requests", "b.csv", "x", "y"));
    String out = platform.out();
    assertTrue(out.contains("on channel 3, after 4,321 that are the same:"), out);
    assertTrue(
        out.lines()
            .anyMatch(
                l ->
                    l.matches(
                        " +x  cycle 1,234: RD, rank 0, bank group 1, bank 2, row 77, column 5"
                            + " +during stage C, 1.logit; stage C, 2.fc1")),
        out);
    assertTrue(
        out.lines().anyMatch(l -> l.matches(" +y  cycle 1,236: REF, rank 1 +between tasks")), out);
    assertTrue(out.contains("Each channel has the same commands in the same order."), out);
  }

  @Test
  void anIterationIsNamedAndSaidToBeTheFirstOnlyOfThoseThatAreSimulated() {
    String[] words = {"compare", "--diff", "x", "y"};
    for (Object[] wanted :
        new Object[][] {
          {4096L, 1L, part(), "Iteration 4,096, the first that is simulated, is not the same."},
          {5096L, 3L, part(), "Iteration 5,096 is not the same; the 2 simulated before it are."},
          {4096L, 1L, null, "The only iteration that is simulated is the same."},
          {9L, 10L, null, "All 10 iterations that are simulated are the same."}
        }) {
      TestPlatform fresh = new TestPlatform();
      Optional<CommandPart> part = Optional.ofNullable((CommandPart) wanted[2]);
      fresh.simulation.diff =
          new DeviceDiff(
              (long) wanted[0],
              (long) wanted[1],
              Optional.empty(),
              part,
              Optional.empty(),
              report(80, 20),
              report(80, 40));
      fresh.run(words);
      assertTrue(fresh.out().contains(wanted[3].toString()), fresh.out());
    }
  }

  @Test
  void cyclesAreSideBySideByUnitAndCauseWithTheirDifferences() {
    platform.simulation.diff = diff(Optional.empty(), Optional.of(part()), Optional.of(part()));
    platform.run("compare", "--diff", "--requests", "b.csv", "x", "y");
    String out = platform.out();
    for (String row :
        new String[] {
          "block +100 +120 +\\+20 +\\+20.0 %",
          "NPU: computing +80 +80 +\\+0 +\\+0.0 %",
          "NPU: memory +20 +40 +\\+20 +\\+100.0 %",
          "data bus, mean: memory +10 +20 +\\+10 +\\+100.0 %"
        }) {
      assertTrue(out.lines().anyMatch(l -> l.matches(row)), row + " is not in " + out);
    }
    assertFalse(out.contains("PIM"), "there is none");
  }

  @Test
  void otherProgramsAreSaidAndTheirCommandsNotCompared() {
    ProgramPart part = new ProgramPart("stage A, task 1", "this", "that");
    platform.simulation.diff = diff(Optional.of(part), Optional.empty(), Optional.empty());
    platform.run("compare", "--diff", "x", "y");
    assertTrue(platform.out().contains("The programs part at stage A, task 1:"), platform.out());
    assertTrue(platform.out().contains("x  this"), platform.out());
  }

  @Test
  void asJsonItIsOneObjectWithEverything() {
    platform.simulation.diff = diff(Optional.empty(), Optional.of(part()), Optional.empty());
    assertEquals(0, platform.run("compare", "--diff", "--json", "x", "y"));
    JsonObject json = JsonParser.parseString(platform.out()).getAsJsonObject();
    assertFalse(json.get("same").getAsBoolean());
    assertTrue(json.get("firstInOrder").isJsonNull());
    JsonObject time = json.getAsJsonObject("firstInTime");
    assertEquals(4_321, time.get("sameBefore").getAsLong());
    assertEquals(77, time.getAsJsonObject("first").get("row").getAsInt());
    assertEquals("REF", time.getAsJsonObject("second").get("command").getAsString());
    assertEquals(2, json.getAsJsonArray("variants").size());
  }

  @Test
  void aSideIsASystemWithChanges() {
    platform.simulation.diff = diff(Optional.empty(), Optional.empty(), Optional.empty());
    platform.run("compare", "--diff", "a,memory.timing.rcd=15,batch=8", "b", "--set", "tp=2");
    assertEquals(
        List.of("system=a", "memory.timing.rcd=15", "batch=8", "tp=2", "system=b", "tp=2"),
        platform.catalog.settings.stream().map(DiffCommandTest::text).toList());
    assertTrue(platform.out().contains("So is every command and its cycle."), platform.out());
  }

  private static String text(Setting setting) {
    return setting.path() + "=" + setting.value();
  }

  @Test
  void badUsageIsRefused() {
    for (String[] bad :
        new String[][] {
          {"compare", "--diff", "x"},
          {"compare", "--diff"},
          {"compare", "--diff", "x", "y", "z"},
          {"compare", "--diff", "x,broken", "y"},
          {"compare", "--diff", "x", "y", "--baseline", "x"},
          {"compare", "--diff", "f.json:none", "y"},
          {"compare", "f.json", "--requests", "b.csv"}
        }) {
      TestPlatform fresh = new TestPlatform();
      assertEquals(2, fresh.run(bad), String.join(" ", bad));
      assertFalse(fresh.err().isEmpty());
    }
  }

  @Test
  void theTwoVariantsOfAnExperimentAreTwoSides() {
    platform.simulation.diff = diff(Optional.empty(), Optional.empty(), Optional.empty());
    assertEquals(0, platform.run("compare", "--diff", "f.json"), platform.err());
    assertTrue(platform.out().contains("slow"), platform.out());
    assertEquals(0, platform.run("compare", "--diff", "f.json:fast", "y"), platform.err());
  }
}
