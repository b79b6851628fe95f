// SPDX-License-Identifier: Apache-2.0
package neupims.api.workload;

import java.util.random.RandomGenerator;

/**
 * Prompt and output lengths of a dataset, drawn independently from its quantiles (in ShareGPT and
 * Alpaca the two are all but uncorrelated). Between two quantiles the length is interpolated
 * linearly, rounded to the nearest token, at least 1 and at most the given limit.
 */
public final class LengthDistribution {
  private final String name;
  private final double[] probability;
  private final double[] promptTokens;
  private final double[] outputTokens;

  /**
   * From quantiles.
   *
   * @param name the dataset
   * @param probability ascending from 0 to 1
   * @param promptTokens prompt length at each probability
   * @param outputTokens output length at each probability
   * @throws IllegalArgumentException if the arrays differ in length or do not ascend
   */
  public LengthDistribution(
      String name, double[] probability, double[] promptTokens, double[] outputTokens) {
    this.name = name;
    this.probability = probability.clone();
    this.promptTokens = promptTokens.clone();
    this.outputTokens = outputTokens.clone();
    int n = probability.length;
    if (n < 2 || promptTokens.length != n || outputTokens.length != n) {
      throw new IllegalArgumentException(name + ": quantile arrays differ in length");
    }
    if (probability[0] != 0 || probability[n - 1] != 1) {
      throw new IllegalArgumentException(name + ": quantiles must span 0 to 1");
    }
    for (int i = 1; i < n; i++) {
      if (probability[i] <= probability[i - 1]
          || promptTokens[i] < promptTokens[i - 1]
          || outputTokens[i] < outputTokens[i - 1]) {
        throw new IllegalArgumentException(name + ": quantiles must ascend, see index " + i);
      }
    }
  }

  /** The dataset's name. */
  public String name() {
    return name;
  }

  /** Draws a prompt length between 1 and {@code limit} tokens. */
  public int promptTokens(RandomGenerator random, int limit) {
    return draw(promptTokens, random.nextDouble(), limit);
  }

  /** Draws an output length between 1 and {@code limit} tokens. */
  public int outputTokens(RandomGenerator random, int limit) {
    return draw(outputTokens, random.nextDouble(), limit);
  }

  private int draw(double[] tokens, double u, int limit) {
    int upper = 1;
    while (probability[upper] < u) {
      upper++;
    }
    double share = (u - probability[upper - 1]) / (probability[upper] - probability[upper - 1]);
    double length = tokens[upper - 1] + share * (tokens[upper] - tokens[upper - 1]);
    return (int) Math.max(1, Math.min(limit, Math.round(length)));
  }
}
