// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import javax.inject.Inject;
import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.metric.Traffic;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.CatalogKind;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.MicroResult;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.StreamPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every plain memory of the catalog, simulated, against closed forms of its own timing. A new
 * memory file is checked without a line here.
 */
@ExtendWith(InContainer.class)
public class MemoriesIT {
  /** Over a hundred rows in every memory, and over twenty refreshes. */
  private static final int ACCESSES = 65_536;

  /** A cycle to accept and deal a read, and one to hand back its data: 32 = 14 + 14 + 2 + 2 [R]. */
  private static final int CONTROLLER_CYCLES = 2;

  @Inject private Catalog catalog;
  @Inject private MicroBenchmarks micro;
  @Inject private Simulation simulation;

  private List<MemorySpec> memories(boolean severalRanks) {
    List<MemorySpec> found =
        catalog.names(CatalogKind.MEMORY).stream()
            .map(name -> catalog.memory(name, List.of()))
            .filter(memory -> memory.pim().isEmpty())
            .filter(memory -> memory.organization().ranks() > 1 == severalRanks)
            .toList();
    assertTrue(found.size() >= 2, found.toString());
    return found;
  }

  private static long latency(DramTiming t) {
    return t.rcd() + t.cl() + t.burst() + CONTROLLER_CYCLES;
  }

  /**
   * Cycles by which a refresh at least parts two reads: precharge, refresh, activate, read, less
   * the burst that would have followed the first one anyway.
   */
  private static long leastGap(DramTiming t) {
    return t.rtpL() + t.rp() + t.rfc() + t.rcd() - t.burst();
  }

  /**
   * The most: the last activate may have been just before, the banks are precharged one a cycle,
   * and the bus is not full before rows of two bank groups are open again.
   */
  private static long mostGap(DramTiming t, Organization o) {
    int drain = t.ras() + o.banks() - t.rtpL();
    return leastGap(t) + drain + (long) o.banksPerGroup() * t.rrdL();
  }

  /**
   * Cycles lost, at the start and at the end each, while only one bank group has reads: they are
   * dealt one a cycle and served one in tCCD_L.
   */
  private static long oneGroupLoss(DramTiming t, Organization o) {
    long reads = (long) o.banksPerGroup() * o.columns();
    return t.ccdL() > t.burst() ? reads * (t.ccdL() - t.burst()) / t.ccdL() : 0;
  }

  private static void assertBetween(long low, long value, long high, String name) {
    assertTrue(low <= value && value <= high, name + ": " + low + " " + value + " " + high);
  }

  private void forEach(Consumer<MemorySpec> check) {
    memories(false).forEach(check);
    memories(true).forEach(check);
  }

  @Test
  public void aColdReadTakesActivateReadAndBurst() {
    forEach(
        memory ->
            assertEquals(
                latency(memory.timing()),
                micro.stream(memory, StreamPattern.SEQ, 1).cycles(),
                memory.name()));
  }

  @Test
  public void oneRankStreamsAtThePeakLessItsRefreshes() {
    for (MemorySpec memory : memories(false)) {
      DramTiming t = memory.timing();
      Organization o = memory.organization();
      long cycles = micro.stream(memory, StreamPattern.SEQ, ACCESSES).cycles();
      long refreshes = cycles / t.refi();
      long start = (long) ACCESSES * t.burst() + latency(t) - t.burst();
      long low = start + (refreshes - 1) * leastGap(t);
      long high = start + refreshes * mostGap(t, o) + 2 * oneGroupLoss(t, o);
      assertBetween(low, cycles, high, memory.name());
      assertTrue(high - low < 0.04 * low, memory.name() + ": the bounds are too far apart");
    }
  }

  /**
   * While a rank is refreshed the bus serves the others from their banks' queues. A refresh shows
   * only when those run dry, which they may once in the time that it takes to empty them; another
   * twentieth of it is allowed for turning the bus to another rank.
   */
  @Test
  public void severalRanksHideTheirRefreshes() {
    for (MemorySpec memory : memories(true)) {
      DramTiming t = memory.timing();
      Organization o = memory.organization();
      long cycles = micro.stream(memory, StreamPattern.SEQ, ACCESSES).cycles();
      long start = (long) ACCESSES * t.burst() + latency(t) - t.burst();
      long hidden = cycles / (t.refi() / o.ranks()) * leastGap(t);
      double emptied = (double) memory.controller().bankQueue() * o.banks() / o.ranks() * t.burst();
      double shown = leastGap(t) / emptied + 0.05;
      long high = start + (long) (hidden * shown) + 2 * oneGroupLoss(t, o);
      assertBetween(start, cycles, high, memory.name());
      assertTrue(high - start < 0.05 * start, memory.name() + ": the bounds are too far apart");
    }
  }

  /** A write counts once it is buffered, so at the end some are still on their way. */
  @Test
  public void writesAreNoFasterThanTheBus() {
    forEach(
        memory -> {
          Organization o = memory.organization();
          MicroResult result = micro.stream(memory, StreamPattern.SEQWRITE, ACCESSES);
          long written = result.commands().get(Command.WR);
          int buffers =
              memory.controller().writeQueue() + o.banks() * memory.controller().bankQueue();
          assertBetween(ACCESSES - buffers, written, ACCESSES, memory.name());
          long floor = (written - 1) * memory.timing().burst();
          assertTrue(result.cycles() >= floor, memory.name() + ": " + result.cycles());
        });
  }

  /** But for reads that a buffered write answers, which are no more than there are writes. */
  @Test
  public void aStepMovesTheSameBytesOnEveryMemoryAndNoneFasterThanItsPeak() {
    Traffic usual = step("hbm2").device().traffic();
    forEach(
        memory -> {
          StepResult result = step(memory.name());
          Traffic traffic = result.device().traffic();
          long most = Math.max(usual.readBytes(), traffic.readBytes());
          long least = Math.min(usual.readBytes(), traffic.readBytes());
          assertTrue(most - least <= usual.writeBytes(), memory.name() + ": " + traffic);
          long weights = result.variant().shard().blockWeightBytes();
          assertTrue(
              result.device().blockCycles() > weights / memory.peakBytesPerCycle(), memory.name());
        });
  }

  private StepResult step(String memory) {
    List<Setting> settings =
        List.of(new Setting("system", "npu-only", "test"), new Setting("memory", memory, "test"));
    List<BatchEntry> batch = List.of(new BatchEntry(40, 0), new BatchEntry(70, 1));
    return simulation.step(catalog.variant(settings), batch);
  }
}
