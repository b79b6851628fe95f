// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/**
 * What every {@link RequestSource} must do. {@link DrawnLengthsProperties} are for those that draw
 * lengths.
 *
 * @param parameters a value for each of its parameters that has neither default nor leave to be
 *     missing
 */
public record SourceProperties(Parameters parameters) {
  /** Requests that are read at most; a source of fewer is read to its end. */
  public static final int REQUESTS = 500;

  /** The properties. */
  public List<Property<RequestSource>> all() {
    return List.of(
        new Property<>(
            "end of stream",
            "as many requests as asked for, and then no more",
            fresh -> endOfStream(fresh.get())),
        new Property<>(
            "causality",
            "ids count from 0 in order of arrival, and nobody arrives before the one ahead",
            fresh -> inOrder(fresh.get())),
        new Property<>(
            "work for everybody",
            "prompt and output have a token at least",
            fresh -> hasTokens(fresh.get())),
        new Property<>(
            "determinism",
            "the same specification gives the same requests, also to two readers at once",
            this::determinism),
        new Property<>(
            "prefix",
            "how many are read changes nothing in those that are",
            fresh -> prefix(fresh.get())),
        new Property<>(
            "closing",
            "a stream can be closed at any time, and again",
            fresh -> closing(fresh.get())),
        new Property<>(
            "parameter names",
            "each parameter has a name of its own in camel case, and no key of every source",
            fresh -> names(fresh.get())));
  }

  private String endOfStream(RequestSource source) {
    try (RequestStream stream = source.open(spec(source, 3, 1))) {
      for (int i = 0; i < 3; i++) {
        Expect.that(stream.hasNext(), "only " + i + " of 3 requests");
        Expect.that(stream.hasNext(), "asking twice changes the answer");
        stream.next();
      }
      Expect.that(!stream.hasNext(), "more requests than the 3 asked for");
      Expect.refused(NoSuchElementException.class, stream::next, "a request after the last");
    }
    return "3 requests";
  }

  private String inOrder(RequestSource source) {
    List<Request> requests = read(source, spec(source, REQUESTS, 1));
    for (int i = 0; i < requests.size(); i++) {
      Expect.equal(i, requests.get(i).id(), "id of request " + i);
      Expect.that(
          i == 0 || requests.get(i).arrivalNanos() >= requests.get(i - 1).arrivalNanos(),
          "request " + i + " arrives before its predecessor");
    }
    return requests.size() + " requests";
  }

  private String hasTokens(RequestSource source) {
    List<Request> requests = read(source, spec(source, REQUESTS, 1));
    for (Request request : requests) {
      boolean some = request.promptTokens() >= 1 && request.outputTokens() >= 1;
      Expect.that(some, request::toString);
    }
    return requests.size() + " requests";
  }

  private String determinism(Supplier<RequestSource> fresh) {
    RequestSource source = fresh.get();
    WorkloadSpec spec = spec(source, REQUESTS, 1);
    List<Request> alone = read(fresh.get(), spec);
    Expect.that(!alone.isEmpty(), "no requests");
    try (RequestStream one = source.open(spec);
        RequestStream other = source.open(spec)) {
      for (Request request : alone) {
        Expect.equal(request, one.next(), "the same request of another instance");
        Expect.equal(request, other.next(), "the same request to a second reader");
      }
    }
    return alone.size() + " requests, three readers";
  }

  private String prefix(RequestSource source) {
    List<Request> many = read(source, spec(source, REQUESTS, 1));
    List<Request> few = read(source, spec(source, 3, 1));
    Expect.equal(many.subList(0, few.size()), few, "the first requests of many");
    return few.size() + " of " + many.size() + " requests";
  }

  private String closing(RequestSource source) {
    RequestStream stream = source.open(spec(source, REQUESTS, 1));
    stream.next();
    stream.close();
    stream.close();
    return "twice after one request";
  }

  private String names(RequestSource source) {
    Set<String> names = new HashSet<>(List.of("source", "dataset", "requests"));
    for (ParameterSpec spec : source.parameters()) {
      Expect.that(spec.name().matches("[a-z][A-Za-z0-9]*"), "not camel case: " + spec.name());
      Expect.that(names.add(spec.name()), spec.name() + " is taken");
      Expect.that(!spec.description().isBlank(), spec.name() + " has no description");
      boolean range = spec.min().compareTo(spec.max()) <= 0;
      Expect.that(range, spec.name() + " has an empty range");
    }
    return source.parameters().size() + " parameters";
  }

  /** The given parameters and the defaults of all others. */
  public Parameters allParameters(RequestSource source) {
    Map<String, Object> values = new HashMap<>(Cases.defaults(source.parameters()).values());
    values.putAll(parameters.values());
    for (ParameterSpec spec : source.parameters()) {
      boolean given = !spec.required() || values.containsKey(spec.name());
      Expect.that(given, () -> "no value for its parameter " + spec.name());
    }
    return new Parameters(values);
  }

  /** The requests of a specification, {@value #REQUESTS} at most. */
  public static List<Request> read(RequestSource source, WorkloadSpec spec) {
    List<Request> requests = new ArrayList<>();
    try (RequestStream stream = source.open(spec)) {
      Expect.that(stream.warnings() != null, "warnings are null");
      while (requests.size() < REQUESTS && stream.hasNext()) {
        requests.add(stream.next());
      }
    }
    return requests;
  }

  /** A specification with the source's parameters. */
  public WorkloadSpec spec(RequestSource source, long requests, long seed) {
    return spec(source, requests, Cases.MAX_TOKENS, seed);
  }

  /** The same with a limit of its own. */
  public WorkloadSpec spec(RequestSource source, long requests, int maxTokens, long seed) {
    Optional<LengthDistribution> lengths =
        source.drawsLengths() ? Optional.of(lengths()) : Optional.empty();
    return new WorkloadSpec(lengths, requests, maxTokens, seed, allParameters(source));
  }

  private static LengthDistribution lengths() {
    double[] probability = {0, 0.5, 0.99, 1};
    double[] prompt = {1, 17, 1263, 196710};
    double[] output = {1, 261, 961, 63144};
    return new LengthDistribution("contract", probability, prompt, output);
  }
}
