// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import neupims.api.schedule.ServingLimits;
import neupims.api.workload.Request;
import neupims.conformance.Cases;

/**
 * A small device and the requests that it has to serve, each of which fits it when it is empty.
 *
 * @param requests in order of arrival, ids from 0
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
  private static final int MOST_REQUESTS = 40;

  /**
   * A random case; those of low numbers have few requests, so that what fails first is small.
   *
   * @param number of the case, from 0
   * @param of number of cases
   */
  static ServingCase random(int number, int of) {
    Random random = new Random(number);
    // Prompts worked on: nowhere, whole, in chunks.
    int prefill = random.nextInt(3);
    boolean chunks = prefill == 2;
    int smallBudget = Cases.between(random, 1, 40);
    long longest = (LONGEST + BLOCK_TOKENS - 1) / BLOCK_TOKENS;
    ServingLimits limits =
        new ServingLimits(
            Cases.between(random, 1, 12),
            chunks ? smallBudget : LONGEST + smallBudget,
            LONGEST,
            chunks);
    int regions = Cases.between(random, 1, 4);
    long blocks = longest + random.nextInt(41);
    long hostBlocks = random.nextInt(31);
    boolean anyRegion = random.nextBoolean();
    List<Request> requests = new ArrayList<>();
    long now = 0;
    int count = Cases.between(random, 1, 1 + MOST_REQUESTS * number / of);
    for (int id = 0; id < count; id++) {
      now += random.nextInt(61);
      int prompt = Cases.between(random, 1, LONGEST / 2);
      requests.add(new Request(id, now, prompt, Cases.between(random, 1, LONGEST / 2)));
    }
    return new ServingCase(requests, limits, prefill > 0, regions, blocks, hostBlocks, anyRegion);
  }

  /** The case without one of its requests; later ones move up. */
  ServingCase without(int index) {
    List<Request> fewer = new ArrayList<>();
    for (Request r : requests) {
      if (r.id() != index) {
        fewer.add(new Request(fewer.size(), r.arrivalNanos(), r.promptTokens(), r.outputTokens()));
      }
    }
    return new ServingCase(
        fewer, limits, worksOnPrompts, regions, regionBlocks, hostBlocks, anyRegion);
  }

  /** The case in words. */
  @Override
  public String toString() {
    String arrivals =
        requests.stream()
            .map(r -> "%d+%d@%d".formatted(r.promptTokens(), r.outputTokens(), r.arrivalNanos()))
            .collect(Collectors.joining(" "));
    String prompts = worksOnPrompts ? limits.chunks() ? "in chunks" : "whole" : "appear worked on";
    return "batch %d, budget %d, prompts %s, %d x %d KV blocks of %d tokens, requests %s"
        .formatted(
            limits.maxBatch(),
            limits.tokenBudget(),
            prompts,
            regions,
            regionBlocks,
            BLOCK_TOKENS,
            arrivals);
  }
}
