// SPDX-License-Identifier: Apache-2.0
package ramp;

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
 * A load that grows: r requests a second at first, a more every second. Request n arrives when r t
 * + a t^2 / 2 = n.
 */
@Component(property = "service.description=sample: a rate that grows, lengths from the dataset")
@NeupimsName("ramp")
public final class RampSource implements RequestSource {
  @Override
  public List<ParameterSpec> parameters() {
    return List.of(
        ParameterSpec.real("rate", 1e-6, 1e6, "arrivals at first, in requests per second"),
        ParameterSpec.real("growth", 0, 1e6, "how many more each second, per second").orElse(0.5));
  }

  @Override
  public RequestStream open(WorkloadSpec spec) {
    if (spec.maxTokens() < 2) {
      throw new IllegalArgumentException("no room for a prompt and an output token");
    }
    return new Ramp(spec);
  }

  private static final class Ramp implements RequestStream {
    private final WorkloadSpec spec;
    private final LengthDistribution lengths;
    private final double rate;
    private final double growth;
    private long next;

    Ramp(WorkloadSpec spec) {
      this.spec = spec;
      lengths = spec.lengths().orElseThrow();
      rate = spec.parameters().real("rate");
      growth = spec.parameters().real("growth");
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
      // Chance from seed and id alone: every source serves the same requests.
      KeyedRandom random = new KeyedRandom(spec.seed(), id);
      int prompt = lengths.promptTokens(random, spec.maxTokens() - 1);
      int output = lengths.outputTokens(random, spec.maxTokens() - prompt);
      return new Request(id, Math.round(1e9 * seconds(id)), prompt, output);
    }

    /** In a form that growth 0 does not divide by. */
    private double seconds(long id) {
      return 2.0 * id / (rate + Math.sqrt(rate * rate + 2 * growth * id));
    }
  }
}
