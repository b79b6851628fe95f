// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.workload;

import java.util.ArrayList;
import java.util.List;
import neupims.api.unit.Parameters;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/** What every {@link RequestSource} must do that draws lengths from a dataset. */
public final class DrawnLengthsProperties {
  private static final int REQUESTS = SourceProperties.REQUESTS;

  private final SourceProperties source;

  /** With the parameters of {@link SourceProperties}. */
  public DrawnLengthsProperties(Parameters parameters) {
    source = new SourceProperties(parameters);
  }

  /** The properties, those of every source first. */
  public List<Property<RequestSource>> all() {
    List<Property<RequestSource>> all = new ArrayList<>(source.all());
    all.add(
        new Property<>(
            "endless stream",
            "asked for no number there is always another request",
            fresh -> endless(fresh.get())));
    all.add(
        new Property<>(
            "lengths within the limit",
            "no request outgrows the model's positions, and without room there is none",
            fresh -> withinLimit(fresh.get())));
    all.add(
        new Property<>(
            "seed", "another seed gives other lengths", fresh -> anotherSeed(fresh.get())));
    all.add(
        new Property<>(
            "lengths from seed and id",
            "prompt, then output, come from seed and id alone, so that sources can be compared",
            fresh -> seedAndId(fresh.get())));
    return all;
  }

  private String endless(RequestSource tried) {
    try (RequestStream stream = tried.open(source.spec(tried, 0, 1))) {
      for (int i = 0; i < 10 * REQUESTS; i++) {
        Expect.that(stream.hasNext(), "ends after " + i + " requests");
        stream.next();
      }
    }
    return 10 * REQUESTS + " requests";
  }

  private String withinLimit(RequestSource tried) {
    for (int limit : new int[] {2, 3, 100, Cases.MAX_TOKENS}) {
      WorkloadSpec spec = source.spec(tried, REQUESTS, limit, 1);
      for (Request request : SourceProperties.read(tried, spec)) {
        boolean within = request.promptTokens() + request.outputTokens() <= limit;
        Expect.that(within, () -> "over " + limit + " tokens: " + request);
      }
    }
    WorkloadSpec none = source.spec(tried, 1, 1, 1);
    Expect.refused(
        IllegalArgumentException.class,
        () -> SourceProperties.read(tried, none),
        "a limit of one token, without room for prompt and output,");
    return "limits of 1 to " + Cases.MAX_TOKENS + " tokens";
  }

  private String anotherSeed(RequestSource tried) {
    List<Request> one = SourceProperties.read(tried, source.spec(tried, REQUESTS, 1));
    List<Request> two = SourceProperties.read(tried, source.spec(tried, REQUESTS, 2));
    Expect.that(!one.equals(two), "seeds 1 and 2 give the same requests");
    return "two seeds";
  }

  private String seedAndId(RequestSource tried) {
    WorkloadSpec spec = source.spec(tried, REQUESTS, 5);
    LengthDistribution lengths = spec.lengths().orElseThrow();
    List<Request> requests = SourceProperties.read(tried, spec);
    Expect.equal(REQUESTS, requests.size(), "requests");
    for (Request request : requests) {
      KeyedRandom random = new KeyedRandom(5, request.id());
      int prompt = lengths.promptTokens(random, Cases.MAX_TOKENS - 1);
      Expect.equal(prompt, request.promptTokens(), "prompt tokens of request " + request.id());
      int output = lengths.outputTokens(random, Cases.MAX_TOKENS - prompt);
      Expect.equal(output, request.outputTokens(), "output tokens of request " + request.id());
    }
    return REQUESTS + " requests";
  }
}
