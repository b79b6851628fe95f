// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.List;
import java.util.NoSuchElementException;
import neupims.api.unit.NeupimsName;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.osgi.service.component.annotations.Component;

/**
 * Bursts: so many requests at once, then a pause that keeps the mean rate.
 *
 * <p>Lengths come from the dataset, by seed and request: prompt first, then output. Sources that do
 * so serve the same requests, so that only their arrivals differ.
 */
@Component(property = "service.description=bursts of requests, lengths from the dataset")
@NeupimsName("plugin-name")
public final class ClassName implements RequestSource {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Become {@code workload.rate} and {@code workload.burst}. */
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.real("rate", 1e-6, 1e6, "mean arrivals, in requests per second"),
        ParameterSpec.integer("burst", 8, 1, 1_000_000, "requests that arrive together"));
  }

  @Override
  public RequestStream open(WorkloadSpec spec) {
    if (spec.maxTokens() < 2) {
      throw new IllegalArgumentException("no room for a prompt and an output token");
    }
    return new Bursts(spec);
  }

  /** Request n arrives with its burst. */
  private static final class Bursts implements RequestStream {
    private final WorkloadSpec spec;
    private final LengthDistribution lengths;
    private final long burst;
    private final double burstNanos;
    private long next;

    Bursts(WorkloadSpec spec) {
      this.spec = spec;
      lengths = spec.lengths().orElseThrow();
      burst = spec.parameters().integer("burst");
      burstNanos = burst * NANOS_PER_SECOND / spec.parameters().real("rate");
    }

    @Override
    public boolean hasNext() {
      return spec.requests() == 0 || next < spec.requests();
    }

    @Override
    public Request next() {
      if (!hasNext()) {
        throw new NoSuchElementException("all " + spec.requests() + " requests have been read");
      }
      long id = next++;
      KeyedRandom random = new KeyedRandom(spec.seed(), id);
      int prompt = lengths.promptTokens(random, spec.maxTokens() - 1);
      int output = lengths.outputTokens(random, spec.maxTokens() - prompt);
      return new Request(id, Math.round(id / burst * burstNanos), prompt, output);
    }
  }
}
