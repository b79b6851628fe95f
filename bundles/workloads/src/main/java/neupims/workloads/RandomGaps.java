// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import java.util.function.Function;
import neupims.api.workload.KeyedRandom;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;

/**
 * Arrivals of a renewal process: request n arrives after n + 1 gaps, the first of which begins at
 * time 0. Every gap is drawn from {@link KeyedRandom} of the seed and the request's id and a key of
 * its own, so the draws of the lengths are untouched and a gap is the same however requests are
 * read.
 */
final class RandomGaps implements Arrivals {
  /** Keeps gaps apart from lengths, which use seed and id alone; any number would do. */
  private static final long GAPS = 0x67617073L;

  private final long seed;
  private final Keyed uniform = new Keyed();
  private final ContinuousSampler sampler;
  private double nanos;
  private double lost;

  /**
   * Gaps of a distribution.
   *
   * @param seed of the draws
   * @param distribution a sampler of gaps in nanoseconds that keeps nothing between two samples
   */
  RandomGaps(long seed, Function<UniformRandomProvider, ContinuousSampler> distribution) {
    this.seed = seed;
    this.sampler = distribution.apply(uniform);
  }

  @Override
  public double nanos(long id) {
    add(gapNanos(id));
    return nanos;
  }

  /** The gap before a request. */
  double gapNanos(long id) {
    uniform.random = new KeyedRandom(seed, id, GAPS);
    return sampler.sample();
  }

  /**
   * Kahan's sum: what a long run's clock would round away of a short gap is not lost. Its
   * correction of half a unit in the last place must not turn the clock back.
   */
  private void add(double gap) {
    double corrected = gap - lost;
    double sum = nanos + corrected;
    lost = (sum - nanos) - corrected;
    nanos = Math.max(nanos, sum);
  }

  /** The current request's random numbers, as the samplers want them. */
  private static final class Keyed implements UniformRandomProvider {
    private KeyedRandom random = new KeyedRandom(0);

    @Override
    public long nextLong() {
      return random.nextLong();
    }
  }
}
