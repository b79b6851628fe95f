// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.workload;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import neupims.conformance.Broken;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.Test;

/** Request sources that break one property each. */
final class BrokenSourcesTest {
  private final AtomicLong calls = new AtomicLong();

  /** Where a request of a number comes from. */
  private interface Requests extends BiFunction<WorkloadSpec, Long, Request> {}

  private static Request good(WorkloadSpec spec, long id) {
    LengthDistribution lengths = spec.lengths().orElseThrow();
    KeyedRandom random = new KeyedRandom(spec.seed(), id);
    int prompt = lengths.promptTokens(random, spec.maxTokens() - 1);
    int output = lengths.outputTokens(random, spec.maxTokens() - prompt);
    return new Request(id, 10 * id, prompt, output);
  }

  private static RequestSource source(Requests requests, long more, boolean endless) {
    return spec -> {
      if (spec.maxTokens() < 2) {
        throw new IllegalArgumentException("no room");
      }
      long count = spec.requests() == 0 && endless ? Long.MAX_VALUE : spec.requests() + more;
      return new Stream(spec, requests, count);
    };
  }

  private static RequestSource source(Requests requests) {
    return source(requests, 0, true);
  }

  /** Requests in a row. */
  private static class Stream implements RequestStream {
    private final WorkloadSpec spec;
    private final Requests requests;
    private final long count;
    private long next;

    Stream(WorkloadSpec spec, Requests requests, long count) {
      this.spec = spec;
      this.requests = requests;
      this.count = count;
    }

    @Override
    public boolean hasNext() {
      return next < count;
    }

    @Override
    public Request next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return requests.apply(spec, next++);
    }
  }

  /** Cannot be closed twice. */
  private static final class ClosedOnce extends Stream {
    private boolean closed;

    ClosedOnce(WorkloadSpec spec) {
      super(spec, BrokenSourcesTest::good, 3);
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed twice");
      }
      closed = true;
    }
  }

  private static RequestSource named(String parameter) {
    return new RequestSource() {
      @Override
      public List<ParameterSpec> parameters() {
        return List.of(ParameterSpec.flag(parameter, false, "a flag"));
      }

      @Override
      public RequestStream open(WorkloadSpec spec) {
        return source(BrokenSourcesTest::good).open(spec);
      }
    };
  }

  private Request counted(WorkloadSpec spec, long id) {
    Request request = good(spec, id);
    return new Request(id, 10 * id + calls.getAndIncrement(), request.promptTokens(), 1);
  }

  @Test
  void everyPropertyCanFail() {
    Broken.assertHold(
        Contracts.drawnLengths(Parameters.NONE), () -> source(BrokenSourcesTest::good));
    new Broken<RequestSource>()
        .add("end of stream", "more requests", () -> source(BrokenSourcesTest::good, 1, true))
        .add(
            "causality",
            "before its predecessor",
            () -> source((s, id) -> new Request(id, 10_000 - id, 1, 1)))
        .add("work for everybody", "must be at least 1", () -> source((s, id) -> empty(id)))
        .add("determinism", "same request", () -> source(this::counted))
        .add(
            "prefix",
            "first requests of many",
            () -> source((s, id) -> new Request(id, id * s.requests(), 1, 1)))
        .add("closing", "closed twice", () -> ClosedOnce::new)
        .add("parameter names", "dataset is taken", () -> named("dataset"))
        .add("endless stream", "ends after 0", () -> source(BrokenSourcesTest::good, 0, false))
        .add(
            "lengths within the limit",
            "over 2 tokens",
            () -> source((s, id) -> new Request(id, id, 2, 1)))
        .add("seed", "the same requests", () -> source((s, id) -> new Request(id, id, 1, 1)))
        .add(
            "lengths from seed and id",
            "prompt tokens of request",
            () -> source((s, id) -> lengthsOfTheNext(s, id)))
        .assertEachIsFound(() -> Contracts.drawnLengths(Parameters.NONE));
  }

  private static Request lengthsOfTheNext(WorkloadSpec spec, long id) {
    Request next = good(spec, id + 1);
    return new Request(id, 10 * id, next.promptTokens(), next.outputTokens());
  }

  private static Request empty(long id) {
    return new Request(id, id, 1, 0);
  }
}
