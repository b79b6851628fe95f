// SPDX-License-Identifier: Apache-2.0
package neupims.engine.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import neupims.api.hw.Command;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.NpuEnergy;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.metric.Energy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against docs/ENERGY.md's formulas worked out by hand: mA x ns x V is pJ. */
class EnergyModelTest {
  private static final double PICO = 1e-12;

  private final EnergyModel model = model(Optional.of(new NpuEnergy(0.72, 1.75)));

  private static EnergyModel model(Optional<NpuEnergy> npu) {
    var memory = Hbm2.memory(Optional.of(Hbm2.CURRENTS), Optional.of(Hbm2.PIM));
    return EnergyModel.of(Hbm2.npu(npu), memory).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    // (65 x 48 - (55 x 34 + 40 x 14)) x 1.2
    "ACT, 828",
    // (390 - 55) x 2 x 1.2
    "RD, 804",
    // (500 - 55) x 2 x 1.2
    "WR, 1068",
    // (250 - 55) x 260 x 1.2
    "REF, 60840",
    // in the pair with its activate
    "PRE, 0"
  })
  void aMemoryCommandCostsWhatItsLoopDrawsBeyondStandby(Command command, double picojoules) {
    Energy energy = model.of(commands(Map.of(command, 1L)));
    assertEquals(picojoules * PICO, energy.memoryJoules(), 1e-9 * PICO);
    assertEquals(energy.memoryJoules(), energy.totalJoules());
  }

  @ParameterizedTest
  @CsvSource({
    "PIM_COMP, 3216",
    "GWRITE, 12864",
    "PIM_RDRES, 804",
    "PIM_ACT, 3312",
    "PIM_PRE, 0",
    "PIM_HEADER, 0"
  })
  void aPimCommandCostsItsMultipleOfAReadOrActivate(Command command, double picojoules) {
    Energy energy = model.of(commands(Map.of(command, 1L)));
    assertEquals(picojoules * PICO, energy.pimJoules(), 1e-9 * PICO);
    assertEquals(energy.pimJoules(), energy.totalJoules());
  }

  @Test
  void standbyIsTheActiveCurrentOfBothRanksAllTheTime() {
    Energy energy = model.of(new Activity(1000, Map.of(), 0, NpuWork.NONE));
    assertEquals(2 * 55 * 1000 * 1.2 * PICO, energy.totalJoules(), 1e-9 * PICO);
    assertEquals(energy.memoryJoules(), energy.totalJoules());
  }

  @Test
  void secondRowBuffersDrawWhileThePimIsBusy() {
    Energy energy = model.of(new Activity(0, Map.of(), 1000, NpuWork.NONE));
    assertEquals(2 * 15 * 1000 * 1.2 * PICO, energy.totalJoules(), 1e-9 * PICO);
    assertEquals(energy.pimJoules(), energy.totalJoules());
  }

  @Test
  void npuEnergyIsThatOfItsMultipliesAndItsSramBytes() {
    Energy energy = model.of(new Activity(0, Map.of(), 0, new NpuWork(1000, 100)));
    assertEquals((1000 * 0.72 + 100 * 1.75) * PICO, energy.npuJoules(), 1e-9 * PICO);
    assertEquals(energy.npuJoules(), energy.totalJoules());
  }

  @Test
  void aPlansSramBytesAreItsTransfersTwiceAndItsOperands() {
    NpuTile tile = new NpuTile();
    tile.load(0, 0, 1000);
    tile.store(tile.step(Unit.MATRIX, 0, -1, -1, 0, 0, 1, 1), 0, 100);
    NpuPlan plan = new NpuPlan(List.of(tile), 128 * 128, NpuPlan.Issue.PHYSICAL);
    NpuWork work = NpuWork.of(plan, Hbm2.npu(Optional.empty()));
    assertEquals(128 * 128, work.macs());
    // 128 values of 2 bytes pass the array, 128 sums of 4 bytes are read and written.
    assertEquals(2 * 1100 + 128 * 2 + 128 * 8, work.sramBytes());
  }

  @Test
  void theEnergyOfPartsAddsUpToThatOfTheWhole() {
    Random random = new Random(1);
    MemoryCounters counters = new MemoryCounters(4);
    MemoryCounters start = counters.copy();
    Energy sum = Energy.NONE;
    NpuWork work = NpuWork.NONE;
    for (int part = 0; part < 20; part++) {
      MemoryCounters before = counters.copy();
      for (Command command : Command.values()) {
        counters.addCommands(random.nextInt(4), command, random.nextInt(100_000));
      }
      counters.addPimBusyCycles(random.nextInt(4), random.nextInt(10_000));
      NpuWork some = new NpuWork(random.nextInt(1 << 30), random.nextInt(1 << 30));
      work = work.plus(some);
      sum = sum.plus(model.of(Activity.between(before, counters, 5000, some)));
    }
    Energy whole = model.of(Activity.between(start, counters, 20 * 5000, work));
    assertEquals(whole.npuJoules(), sum.npuJoules(), 1e-12 * whole.npuJoules());
    assertEquals(whole.memoryJoules(), sum.memoryJoules(), 1e-12 * whole.memoryJoules());
    assertEquals(whole.pimJoules(), sum.pimJoules(), 1e-12 * whole.pimJoules());
    assertEquals(whole.totalJoules(), sum.totalJoules(), 1e-12 * whole.totalJoules());
  }

  @Test
  void aStreamTakesTwoPointThreePicojoulesABitAndPublishedHbm2UnderTwiceThat() {
    // A refresh interval of both ranks at the peak: an access every 2 ns, an activate every 16.
    long accesses = 3900 / 2;
    Map<Command, Long> stream = new EnumMap<>(Command.class);
    stream.put(Command.RD, accesses * 16);
    stream.put(Command.ACT, accesses);
    stream.put(Command.REF, 2L * 16);
    Energy energy = model.of(new Activity(3900 * 16, stream, 0, NpuWork.NONE));
    double picojoulesPerBit = energy.memoryJoules() / (accesses * 16 * 64 * 8) / PICO;
    // Read 804/512, activate 828/8192, standby 132/256, refresh 2 x 60840/3900/256.
    assertEquals(1.5703 + 0.1011 + 0.5156 + 0.1219, picojoulesPerBit, 1e-3);
    // O'Connor et al., MICRO 2017: 3.92 with an activation for every few accesses and 0.80 of I/O.
    assertTrue(picojoulesPerBit > 3.92 / 2 && picojoulesPerBit < 3.92 - 0.80);
  }

  @Test
  void anActivateIsWithinTenPercentOfThePublishedOne() {
    // O'Connor et al., MICRO 2017: 909 pJ for a row of 1 KB of HBM2.
    double joules = model.of(commands(Map.of(Command.ACT, 1L))).memoryJoules();
    assertEquals(909 * PICO, joules, 0.1 * 909 * PICO);
  }

  @Test
  void nothingIsReportedOfHardwareThatDoesNotSayAndTheReasonIs() {
    var npu = Hbm2.npu(Optional.of(new NpuEnergy(1, 1)));
    var noCurrents = Hbm2.memory(Optional.empty(), Optional.of(Hbm2.PIM));
    var noPim = Hbm2.memory(Optional.of(Hbm2.CURRENTS), Optional.empty());
    var all = Hbm2.memory(Optional.of(Hbm2.CURRENTS), Optional.of(Hbm2.PIM));
    assertTrue(EnergyModel.of(npu, noCurrents).isEmpty());
    assertEquals(
        "no energy is reported: memory hbm2 gives no currents",
        EnergyModel.missing(npu, noCurrents).orElseThrow());
    assertTrue(EnergyModel.missing(npu, noPim).orElseThrow().contains("PIM commands"));
    assertTrue(EnergyModel.missing(Hbm2.npu(Optional.empty()), all).orElseThrow().contains("NPU"));
    assertEquals(Optional.empty(), EnergyModel.missing(npu, all));
  }

  private static Activity commands(Map<Command, Long> commands) {
    return new Activity(0, commands, 0, NpuWork.NONE);
  }
}
