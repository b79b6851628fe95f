// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import neupims.api.schedule.ServingLimits;
import neupims.api.workload.Request;

/**
 * A small device and the requests that it has to serve, each of which fits it when it is empty.
 *
 * @param requests in order of arrival
 * @param limits what the scheduler has to keep to
 * @param worksOnPrompts whether prompts cost work; otherwise they appear worked on
 * @param regions regions of the KV cache
 * @param regionBlocks blocks of each
 * @param hostBlocks blocks on the host
 * @param anyRegion whether newcomers go to any region instead of the emptiest
 */
record ServingCase(
    List<Request> requests,
    ServingLimits limits,
    boolean worksOnPrompts,
    int regions,
    long regionBlocks,
    long hostBlocks,
    boolean anyRegion) {
  /** Tokens of a block. */
  static final int BLOCK_TOKENS = 4;

  private static final int LONGEST = 64;

  /** What arrives: time since the one before, prompt, output. */
  private record Arrival(int gapNanos, int promptTokens, int outputTokens) {}

  /** Any case. */
  static Arbitrary<ServingCase> any() {
    Arbitrary<Arrival> arrival =
        Combinators.combine(
                Arbitraries.integers().between(0, 60),
                Arbitraries.integers().between(1, LONGEST / 2),
                Arbitraries.integers().between(1, LONGEST / 2))
            .as(Arrival::new);
    // Prompts worked on: nowhere, whole, in chunks.
    Arbitrary<Integer> prefill = Arbitraries.integers().between(0, 2);
    return Combinators.combine(
            arrival.list().ofMinSize(1).ofMaxSize(40),
            Arbitraries.integers().between(1, 12),
            prefill,
            Arbitraries.integers().between(1, 40),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 40),
            Arbitraries.integers().between(0, 30),
            Arbitraries.of(true, false))
        .as(ServingCase::of);
  }

  private static ServingCase of(
      List<Arrival> arrivals,
      int maxBatch,
      int prefill,
      int smallBudget,
      int regions,
      int spareBlocks,
      int hostBlocks,
      boolean anyRegion) {
    List<Request> requests = new ArrayList<>();
    long now = 0;
    for (Arrival arrival : arrivals) {
      now += arrival.gapNanos();
      requests.add(
          new Request(requests.size(), now, arrival.promptTokens(), arrival.outputTokens()));
    }
    boolean chunks = prefill == 2;
    int budget = chunks ? smallBudget : LONGEST + smallBudget;
    long longest = (LONGEST + BLOCK_TOKENS - 1) / BLOCK_TOKENS;
    return new ServingCase(
        requests,
        new ServingLimits(maxBatch, budget, LONGEST, chunks),
        prefill > 0,
        regions,
        longest + spareBlocks,
        hostBlocks,
        anyRegion);
  }
}
