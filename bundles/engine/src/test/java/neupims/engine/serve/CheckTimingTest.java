// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.Completion;
import neupims.api.hw.ControllerSpec;
import neupims.api.hw.DramTiming;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.run.BatchEntry;
import neupims.api.run.DeviceSimulator;
import neupims.api.run.Experiment;
import neupims.api.run.MemoryAlone;
import neupims.api.run.PluginKind;
import neupims.api.run.RunObserver;
import neupims.api.run.StreamPattern;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.unit.Clock;
import neupims.engine.micro.LocalMicroBenchmarks;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;

/** A memory model that activates a bank twice is caught, whoever simulates it, when asked. */
class CheckTimingTest {
  private static final MemorySpec SPEC =
      new MemorySpec(
          "hasty",
          "hasty",
          new Clock(1_000_000_000),
          new Organization(4, 2, 4, 4, 32768, 1024, 64),
          new DramTiming(2, 14, 4, 14, 14, 34, 4, 6, 1, 2, 6, 8, 4, 6, 16, 30, 260, 3900, 2),
          new ControllerSpec(
              32, 32, 32, 128, 4, 8, 0, 2, 0, ControllerSpec.Arbitration.OLDEST_FIRST),
          Optional.empty(),
          Optional.empty());

  private final FakePlugins plugins = new FakePlugins().put(PluginKind.MEMORY_MODEL, new Hasty());

  /** Opens a session of the device's own memory model, as the engine does. */
  private final DeviceSimulator opens =
      (device, program, sink) -> {
        device.memoryModel().open(device.memory(), sink).submit(new Transfer(false, 1), 0, 0);
        return FakeDevice.report(100);
      };

  @Test
  void aMicroBenchmarkNamesBothCommandsOfTheFirstViolation() {
    LocalMicroBenchmarks micro = new LocalMicroBenchmarks(plugins, opens);
    assertEquals(3, micro.stream(new MemoryAlone(SPEC, false), StreamPattern.SEQ, 1).cycles());
    IllegalStateException caught =
        assertThrows(
            IllegalStateException.class,
            () -> micro.stream(new MemoryAlone(SPEC, true), StreamPattern.SEQ, 1));
    assertNamesBoth(caught.getMessage());
  }

  @Test
  void aStepFails() {
    LocalSimulation simulation = new LocalSimulation(plugins, opens);
    List<BatchEntry> batch = List.of(new BatchEntry(10, 0));
    assertEquals(100, simulation.step(variant(false), batch).device().blockCycles());
    IllegalStateException caught =
        assertThrows(IllegalStateException.class, () -> simulation.step(variant(true), batch));
    assertNamesBoth(caught.getMessage());
  }

  @Test
  void aVariantOfARunFails() {
    Experiment experiment = new Experiment("test", 1, List.of(variant(true)), "{}");
    VariantResult result =
        new LocalSimulation(plugins, opens).run(experiment, RunObserver.NONE).variants().get(0);
    assertEquals("failed", result.stopped());
    assertNamesBoth(result.failure());
  }

  private static void assertNamesBoth(String message) {
    assertTrue(message.startsWith("illegal command trace: "), message);
    assertTrue(message.contains("cycle 1") && message.contains("cycle 0"), message);
    assertEquals(3, message.split("ACT", -1).length, message);
  }

  private static Variant variant(boolean checkTiming) {
    Variant v = SampleVariants.variant("a");
    SystemSpec s = v.system();
    SystemSpec system =
        new SystemSpec(
            s.name(),
            s.npu(),
            SPEC,
            s.device(),
            s.compiler(),
            s.scheduler(),
            s.placement(),
            s.split(),
            s.estimator(),
            s.parameters(),
            checkTiming);
    return new Variant(
        v.name(),
        v.seed(),
        v.shard(),
        system,
        v.workload(),
        v.serving(),
        v.measure(),
        v.fidelity(),
        v.live(),
        "{}");
  }

  /** Activates the first bank for another row a cycle after the first, which tRC forbids. */
  private static final class Hasty implements MemoryModel {
    @Override
    public MemoryCapabilities capabilities(MemorySpec spec) {
      return new MemoryCapabilities(false, false);
    }

    @Override
    public Optional<KvLayout> kvLayout(MemorySpec spec) {
      return Optional.empty();
    }

    @Override
    public MemorySession open(MemorySpec spec, CommandSink sink) {
      return new HastySession(sink);
    }
  }

  private static final class HastySession implements MemorySession {
    private final MemoryCounters counters = new MemoryCounters(4);
    private final CommandSink sink;

    HastySession(CommandSink sink) {
      this.sink = sink;
    }

    @Override
    public long now() {
      return 3;
    }

    @Override
    public void submit(Transfer transfer, int firstSlot, int slots) {
      sink.command(0, 0, Command.ACT, 0, 0, 0, 1, 0);
      sink.command(1, 0, Command.ACT, 0, 0, 0, 2, 0);
      for (int s = firstSlot; s < firstSlot + slots; s++) {
        transfer.complete(s, transfer.bytes(s), 3);
      }
    }

    @Override
    public void submit(GemvBatch batch, long fromCycle) {
      throw new AssertionError("it has no PIM");
    }

    @Override
    public void advance(long untilCycle) {}

    @Override
    public long horizon(Completion kind) {
      return Long.MAX_VALUE;
    }

    @Override
    public long address(int channel, long channelByte) {
      return channelByte;
    }

    @Override
    public MemoryCounters counters() {
      return counters;
    }
  }
}
