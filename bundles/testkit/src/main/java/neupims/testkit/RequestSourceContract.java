// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RequestSource} must do; {@link DrawnLengthsContract} is for those that draw
 * lengths.
 */
public abstract class RequestSourceContract {
  /** Requests that a test reads at most; a source of fewer is read to its end. */
  protected static final int REQUESTS = 500;

  /** The source under test, a new one at each call. */
  protected abstract RequestSource source();

  /** A value for each of its parameters that has neither default nor leave to be missing. */
  protected Parameters parameters() {
    return Parameters.NONE;
  }

  /** As many requests as asked for, and then no more. */
  @Test
  public void theStreamEndsAfterTheRequestsAskedFor() {
    try (RequestStream stream = source().open(spec(3, 1))) {
      for (int i = 0; i < 3; i++) {
        assertTrue(stream.hasNext());
        assertTrue(stream.hasNext(), "asking twice changes nothing");
        stream.next();
      }
      assertFalse(stream.hasNext());
      assertThrows(NoSuchElementException.class, stream::next);
    }
  }

  /** Ids count from 0 in order of arrival. */
  @Test
  public void idsCountFromZeroInOrderOfArrival() {
    List<Request> requests = read(spec(REQUESTS, 1));
    for (int i = 0; i < requests.size(); i++) {
      assertEquals(i, requests.get(i).id());
      assertTrue(
          i == 0 || requests.get(i).arrivalNanos() >= requests.get(i - 1).arrivalNanos(),
          "request " + i + " arrives before its predecessor");
    }
  }

  /** There is something to do for every request. */
  @Test
  public void promptAndOutputHaveATokenAtLeast() {
    for (Request request : read(spec(REQUESTS, 1))) {
      assertTrue(request.promptTokens() >= 1 && request.outputTokens() >= 1, request.toString());
    }
  }

  /** The same specification gives the same requests, also to two readers at once. */
  @Test
  public void theSameSpecificationGivesTheSameRequests() {
    RequestSource source = source();
    List<Request> alone = read(spec(REQUESTS, 1));
    assertFalse(alone.isEmpty());
    try (RequestStream one = source.open(spec(REQUESTS, 1));
        RequestStream other = source.open(spec(REQUESTS, 1))) {
      for (Request request : alone) {
        assertEquals(request, one.next());
        assertEquals(request, other.next());
      }
    }
  }

  /**
   * How many are read changes nothing in those that are: a short run is the start of a long one.
   */
  @Test
  public void fewerRequestsAreTheFirstOfMany() {
    List<Request> many = read(spec(REQUESTS, 1));
    List<Request> few = read(spec(3, 1));
    assertEquals(many.subList(0, few.size()), few);
  }

  /** A stream can be closed at any time, and again. */
  @Test
  public void aStreamCanBeClosedTwice() {
    RequestStream stream = source().open(spec(REQUESTS, 1));
    stream.next();
    stream.close();
    stream.close();
  }

  /** Each parameter has a name of its own, in camel case, and no other source's key. */
  @Test
  public void parametersHaveNamesOfTheirOwn() {
    Set<String> names = new HashSet<>(List.of("source", "dataset", "requests"));
    for (ParameterSpec spec : source().parameters()) {
      assertTrue(spec.name().matches("[a-z][A-Za-z0-9]*"), spec.name());
      assertTrue(names.add(spec.name()), spec.name() + " is taken");
      assertFalse(spec.description().isBlank(), spec.name());
      assertTrue(spec.min().compareTo(spec.max()) <= 0, spec.name());
    }
  }

  /** The given parameters and the defaults of all others. */
  protected final Parameters allParameters() {
    Map<String, Object> values = new HashMap<>();
    for (ParameterSpec spec : source().parameters()) {
      spec.defaultValue().ifPresent(value -> values.put(spec.name(), value));
    }
    values.putAll(parameters().values());
    for (ParameterSpec spec : source().parameters()) {
      assertTrue(!spec.required() || values.containsKey(spec.name()), "no value of " + spec.name());
    }
    return new Parameters(values);
  }

  /** The requests of a specification. */
  protected final List<Request> read(WorkloadSpec spec) {
    List<Request> requests = new ArrayList<>();
    try (RequestStream stream = source().open(spec)) {
      assertNotNull(stream.warnings());
      while (requests.size() < REQUESTS && stream.hasNext()) {
        requests.add(stream.next());
      }
    }
    return requests;
  }

  /** A specification with the source's parameters. */
  protected final WorkloadSpec spec(long requests, long seed) {
    return spec(requests, Cases.MAX_TOKENS, seed);
  }

  /** The same with a limit of its own. */
  protected final WorkloadSpec spec(long requests, int maxTokens, long seed) {
    Optional<LengthDistribution> lengths =
        source().drawsLengths() ? Optional.of(lengths()) : Optional.empty();
    return new WorkloadSpec(lengths, requests, maxTokens, seed, allParameters());
  }

  private static LengthDistribution lengths() {
    double[] probability = {0, 0.5, 0.99, 1};
    double[] prompt = {1, 17, 1263, 196710};
    double[] output = {1, 261, 961, 63144};
    return new LengthDistribution("contract", probability, prompt, output);
  }
}
