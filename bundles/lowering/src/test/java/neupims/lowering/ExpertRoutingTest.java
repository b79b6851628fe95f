// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import neupims.api.model.Experts;
import neupims.api.model.Experts.Routing;
import neupims.api.program.ExpertRows;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;

final class ExpertRoutingTest {
  private static ExpertRouting routing(int count, int perToken, Routing how, long seed) {
    return new ExpertRouting(new Experts(count, perToken, 64, 0, false, how), seed, 7);
  }

  private static List<Resident> tokens(int number) {
    return LongStream.range(0, number).mapToObj(id -> new Resident(id, 0, 10)).toList();
  }

  private static int[] loads(List<ExpertRows> rows, int count) {
    int[] loads = new int[count];
    rows.forEach(r -> loads[r.expert()] += r.rows());
    return loads;
  }

  @Test
  void everyTokenGoesToAsManyDifferentExperts() {
    for (Resident token : tokens(200)) {
      List<ExpertRows> rows = routing(60, 4, Routing.UNIFORM, 1).rows(0, List.of(token));
      assertEquals(4, rows.size());
      rows.forEach(r -> assertEquals(1, r.rows()));
    }
  }

  @Test
  void aTokensExpertsDependOnSeedLayerAndRequestAndNotOnItsBatch() {
    ExpertRouting routing = routing(60, 4, Routing.UNIFORM, 1);
    List<Resident> batch = tokens(100);
    int[] together = loads(routing.rows(3, batch), 60);
    int[] apart = loads(routing.rows(3, batch.subList(0, 40)), 60);
    int[] rest = loads(routing.rows(3, batch.subList(40, 100)), 60);
    for (int e = 0; e < 60; e++) {
      assertEquals(together[e], apart[e] + rest[e]);
    }
    assertNotEquals(routing.rows(3, batch), routing.rows(4, batch));
    assertNotEquals(routing.rows(3, batch), routing(60, 4, Routing.UNIFORM, 2).rows(3, batch));
  }

  /** Chi-squared of 60,000 draws with 59 degrees of freedom: 98.3 at one in a thousand. */
  @Test
  void expertsAreHitWithEqualChances() {
    int[] loads = loads(routing(60, 4, Routing.UNIFORM, 1).rows(0, tokens(15_000)), 60);
    double chi = 0;
    for (int load : loads) {
      chi += (load - 1000.0) * (load - 1000.0) / 1000.0;
    }
    assertTrue(chi < 98.3, "chi squared " + chi);
  }

  /** 1 - (1 - 4/60)^n of the experts are hit by n tokens. */
  @Test
  void fewTokensLeaveExpertsWithout() {
    List<Integer> hit = new ArrayList<>();
    for (int layer = 0; layer < 200; layer++) {
      hit.add(routing(60, 4, Routing.UNIFORM, 1).rows(layer, tokens(16)).size());
    }
    double expected = 60 * (1 - Math.pow(1 - 4 / 60.0, 16));
    assertEquals(expected, hit.stream().mapToInt(h -> h).average().orElseThrow(), 0.6);
  }

  @Test
  void balancedLoadsDifferByOneAtMost() {
    int[] loads = loads(routing(8, 2, Routing.BALANCED, 1).rows(0, tokens(13)), 8);
    for (int e = 0; e < 8; e++) {
      assertEquals(e < 2 ? 4 : 3, loads[e]);
    }
    assertEquals(6, routing(60, 2, Routing.BALANCED, 1).rows(0, tokens(3)).size());
  }
}
