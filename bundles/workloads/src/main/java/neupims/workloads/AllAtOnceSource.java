// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import java.util.Iterator;
import java.util.NoSuchElementException;
import neupims.api.unit.NeupimsName;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.WorkloadSpec;
import org.osgi.service.component.annotations.Component;

/**
 * All requests arrive at time 0. Prompt and output lengths of a request are drawn, in this order,
 * from {@link KeyedRandom} of the seed and the request's id, so a request is the same however many
 * are read. Prompt and output together stay within the limit: the prompt is clipped to leave room
 * for one output token, the output to what the prompt leaves.
 */
@Component(property = "service.description=all requests arrive at time 0, lengths from the dataset")
@NeupimsName("all-at-once")
public final class AllAtOnceSource implements RequestSource {
  @Override
  public Iterator<Request> open(WorkloadSpec spec) {
    if (spec.maxTokens() < 2) {
      throw new IllegalArgumentException(
          "a request has a prompt and an output token at least; the limit is " + spec.maxTokens());
    }
    return new Stream(spec);
  }

  private static Request request(WorkloadSpec spec, long id) {
    KeyedRandom random = new KeyedRandom(spec.seed(), id);
    int prompt = spec.lengths().promptTokens(random, spec.maxTokens() - 1);
    int output = spec.lengths().outputTokens(random, spec.maxTokens() - prompt);
    return new Request(id, 0, prompt, output);
  }

  private static final class Stream implements Iterator<Request> {
    private final WorkloadSpec spec;
    private long next;

    Stream(WorkloadSpec spec) {
      this.spec = spec;
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
      return request(spec, next++);
    }
  }
}
