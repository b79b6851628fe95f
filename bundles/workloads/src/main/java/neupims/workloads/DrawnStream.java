// SPDX-License-Identifier: Apache-2.0
package neupims.workloads;

import java.util.NoSuchElementException;
import neupims.api.unit.InputException;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;

/**
 * Requests whose lengths are drawn from a dataset. Prompt and output length are drawn, in this
 * order, from {@link KeyedRandom} of the seed and the request's id, so a request is the same
 * however many are read and however they arrive. Prompt and output together stay within the limit:
 * the prompt is clipped to leave room for one output token, the output to what the prompt leaves.
 */
final class DrawnStream implements RequestStream {
  private final WorkloadSpec spec;
  private final LengthDistribution lengths;
  private final Arrivals arrivals;
  private long next;

  DrawnStream(WorkloadSpec spec, Arrivals arrivals) {
    if (spec.maxTokens() < 2) {
      throw new IllegalArgumentException(
          "a request has a prompt and an output token at least; the limit is " + spec.maxTokens());
    }
    this.spec = spec;
    this.lengths = spec.lengths().orElseThrow();
    this.arrivals = arrivals;
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
    return new Request(id, wholeNanos(id), prompt, output);
  }

  private long wholeNanos(long id) {
    double nanos = arrivals.nanos(id);
    if (nanos >= Long.MAX_VALUE) {
      throw new InputException(
          "workload.rate: request "
              + id
              + " arrives after 292 years, later than the clock can count; raise the rate or limit"
              + " workload.requests");
    }
    return Math.round(nanos);
  }
}
