// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleBatchesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 19, 20, 21, 2048, 131_072})
  void everyModelHasLengthsToSimulateAndNoneIsTooLong(int maxPositions) {
    List<Integer> lengths = SampleBatches.lengths(maxPositions);
    assertFalse(lengths.isEmpty());
    assertEquals(List.copyOf(new TreeSet<>(lengths)), lengths);
    assertTrue(lengths.get(0) >= 1 && lengths.get(lengths.size() - 1) <= maxPositions);
  }
}
