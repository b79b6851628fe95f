// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import neupims.api.hw.Command;
import neupims.api.hw.DeviceOptions;
import neupims.api.program.Resident;
import neupims.api.run.BatchEntry;
import neupims.api.run.DeviceDiff;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.PlanDraft;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.schedule.WaitingRequest;
import org.junit.jupiter.api.Test;

/** Variants on a device that issues a read a cycle, a cycle later from the system "late" on. */
class LocalDeviceComparisonTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<BatchEntry> BATCH = List.of(new BatchEntry(9, 0), new BatchEntry(5, 1));

  private final FakePlugins plugins = new FakePlugins();
  private final AtomicLong simulations = new AtomicLong();

  /** From the request of a given number on the device is late. */
  private long lateFrom = Long.MAX_VALUE;

  private final DeviceSimulator device =
      (of, program, sink) -> {
        simulations.incrementAndGet();
        var report = new FakeDevice().simulate(of, program, sink);
        boolean late = of.options().runningAddresses();
        for (int cycle = 0; cycle < report.blockCycles(); cycle++) {
          long by = late && report.blockCycles() >= lateFrom && cycle >= 7 ? 1 : 0;
          sink.command(cycle + by, cycle % 2, Command.RD, 0, 0, 0, 3, cycle);
        }
        return report;
      };

  private final LocalDeviceComparison comparison = new LocalDeviceComparison(plugins, device);

  private static Variant late(Variant v) {
    var s = v.system();
    var system =
        new SystemSpec(
            "late",
            s.npu(),
            s.memory(),
            new DeviceOptions(true, 0),
            s.compiler(),
            s.scheduler(),
            s.placement(),
            s.split(),
            s.estimator(),
            s.parameters(),
            false);
    return new Variant(
        "late",
        v.seed(),
        v.shard(),
        system,
        v.workload(),
        v.serving(),
        v.measure(),
        v.fidelity(),
        v.live(),
        v.resolvedJson());
  }

  @Test
  void aStepSaysTheFirstCommandAtAnotherCycle() {
    lateFrom = 0;
    Variant variant = Live.variant("a", 20, LiveSpec.NONE);
    DeviceDiff diff = comparison.step(variant, late(variant), BATCH);
    assertEquals(Optional.empty(), diff.program());
    assertEquals(Optional.empty(), diff.inOrder());
    var part = diff.inTime().orElseThrow();
    // Cycle 7 is the fourth of channel 1.
    assertEquals(3, part.same());
    assertEquals(
        new DeviceDiff.Issued(7, 1, Command.RD, 0, 0, 0, 3, 7), part.first().orElseThrow());
    assertEquals(8, part.second().orElseThrow().cycle());
  }

  @Test
  void runsPartAtTheFirstIterationThatIsNotTheSame() {
    Variant variant = Live.variant("a", 60, LiveSpec.NONE);
    DeviceDiff same = together(variant, late(variant));
    assertEquals(Optional.empty(), same.inTime());
    assertEquals(same.iteration() + 1, same.iterations());
    assertTrue(same.iterations() > 5);
    // The batch shrinks at the end of the run only: an iteration of few requests is never late.
    lateFrom = same.first().blockCycles() + 1;
    DeviceDiff parted = together(variant, late(variant));
    assertTrue(parted.inTime().isPresent());
    assertEquals(0, parted.iteration());
    assertEquals(1, parted.iterations());
  }

  @Test
  void anotherDecisionIsAnotherProgram() {
    SubBatchPolicy same = state -> List.of(state.batch());
    SubBatchPolicy turns =
        state -> {
          List<Resident> batch = new ArrayList<>(state.batch());
          if (state.iteration() >= 4) {
            Collections.reverse(batch);
          }
          return List.of(batch);
        };
    plugins.put(PluginKind.SPLIT, "one", "1.0.0", same);
    plugins.put(PluginKind.SPLIT, "two", "1.0.0", turns);
    Variant variant = Live.variant("a", 60, LiveSpec.NONE);
    DeviceDiff diff = together(Live.policies(variant, "one"), Live.policies(variant, "two"));
    assertEquals(4, diff.iteration());
    assertEquals(5, diff.iterations());
    assertTrue(diff.program().orElseThrow().where().contains("request 1 of its batch"));
    assertEquals(Optional.empty(), diff.inTime());
  }

  @Test
  void aRunThatEndsOrFailsDoesNotLeaveTheOtherWaiting() {
    Variant few = Live.variant("few", 16, LiveSpec.NONE);
    Variant more = Live.variant("more", 17, LiveSpec.NONE);
    plugins.put(PluginKind.SCHEDULER, "alone", "1.0.0", oneByOne());
    DeviceDiff diff = together(Live.scheduler(few, "alone"), Live.scheduler(more, "alone"));
    assertEquals("the end of a run", diff.program().orElseThrow().where());
    assertTrue(diff.program().orElseThrow().first().startsWith("ends after "));
    assertEquals("goes on", diff.program().orElseThrow().second());
    together(Live.scheduler(more, "alone"), Live.scheduler(few, "alone"));
    BatchScheduler fails =
        state -> {
          throw new IllegalStateException("no more plans");
        };
    plugins.put(PluginKind.SCHEDULER, "broken", "1.0.0", fails);
    for (boolean first : new boolean[] {true, false}) {
      Variant broken = Live.scheduler(few, "broken");
      IllegalStateException failure =
          assertThrows(
              IllegalStateException.class,
              () -> together(first ? broken : few, first ? few : broken));
      assertTrue(failure.getMessage().contains("no more plans"), failure.getMessage());
    }
  }

  /** A request at a time, so that the runs of few and of more begin alike. */
  private static BatchScheduler oneByOne() {
    return state -> {
      PlanDraft draft = new PlanDraft(state);
      draft.run(state.running(), false);
      if (state.running().isEmpty() && !state.waiting().isEmpty()) {
        WaitingRequest first = state.waiting().get(0);
        draft.admit(first, first.knownTokens(), 0);
      }
      return draft.plan();
    };
  }

  private DeviceDiff together(Variant first, Variant second) {
    return assertTimeoutPreemptively(SOON, () -> comparison.runs(first, second));
  }
}
