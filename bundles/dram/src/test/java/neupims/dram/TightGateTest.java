// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.dram.check.TimingChecker;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The engine uses every cycle that a timing parameter leaves it: what it issues is legal, and would
 * not be if the parameter were a cycle longer. A parameter that the engine got wrong by a cycle, in
 * whichever direction, breaks one of the two.
 */
class TightGateTest {
  /** Below others or no gate of its own here: burst covers tCCD, tRTP_S is not used, see README. */
  private static final Set<String> NO_GATE = Set.of("ccdS", "ccdL", "rtpS", "refi");

  @TestFactory
  Stream<DynamicTest> everyTimingParameterIsATightGate() {
    return Arrays.stream(DramTiming.class.getRecordComponents())
        .map(RecordComponent::getName)
        .filter(name -> !NO_GATE.contains(name))
        .map(name -> DynamicTest.dynamicTest(name, () -> assertTight(name)));
  }

  private static void assertTight(String parameter) {
    MemorySpec spec = TestMemories.memory("plain", TestMemories.TIMING, 0, null);
    DramTiming longer = with(spec.timing(), parameter, 1);
    boolean broken = false;
    for (long seed = 0; seed < 6; seed++) {
      TimingChecker exact = new TimingChecker(spec);
      TimingChecker shifted = new TimingChecker(TestMemories.withTiming(spec, longer));
      MemorySession session =
          TestMemories.open(
              spec,
              (cycle, channel, command, rank, group, bank, row, argument) -> {
                exact.command(cycle, channel, command, rank, group, bank, row, argument);
                shifted.command(cycle, channel, command, rank, group, bank, row, argument);
              });
      new RandomTraffic(seed, spec).play(session, Long.MAX_VALUE / 2);
      exact.requireLegal(session.now());
      broken |= shifted.firstViolation().isPresent();
    }
    assertTrue(broken, () -> "a longer " + parameter + " would go unnoticed");
  }

  private static DramTiming with(DramTiming timing, String parameter, int more) {
    try {
      RecordComponent[] components = DramTiming.class.getRecordComponents();
      Object[] values = new Object[components.length];
      Class<?>[] types = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        int value = (int) components[i].getAccessor().invoke(timing);
        values[i] = components[i].getName().equals(parameter) ? value + more : value;
        types[i] = components[i].getType();
      }
      return DramTiming.class.getDeclaredConstructor(types).newInstance(values);
    } catch (IllegalAccessException
        | InvocationTargetException
        | InstantiationException
        | NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
