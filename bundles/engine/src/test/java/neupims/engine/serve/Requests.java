// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;

/** Request sources of tests. */
final class Requests {
  private Requests() {}

  /** These requests. */
  static RequestSource of(Request... requests) {
    return spec -> stream(List.of(requests).iterator());
  }

  /** Poisson arrivals; prompts of 1 to 10 and outputs of 1 to 20 tokens, evenly. */
  static RequestSource poisson(double perSecond, long count) {
    return poisson(
        perSecond,
        count,
        (id, random) -> {
          int prompt = 1 + (int) (10 * random.nextDouble());
          int output = 1 + (int) (20 * random.nextDouble());
          return new Request(id, 0, prompt, output);
        });
  }

  /** Poisson arrivals of requests that somebody draws. */
  static RequestSource poisson(
      double perSecond, long count, BiFunction<Long, KeyedRandom, Request> lengths) {
    return spec ->
        stream(
            new Iterator<>() {
              private long id;
              private double seconds;

              @Override
              public boolean hasNext() {
                return id < count;
              }

              @Override
              public Request next() {
                KeyedRandom random = new KeyedRandom(spec.seed(), id);
                seconds -= Math.log(1 - random.nextDouble()) / perSecond;
                Request drawn = lengths.apply(id, random);
                return new Request(
                    id++, Math.round(seconds * 1e9), drawn.promptTokens(), drawn.outputTokens());
              }
            });
  }

  private static RequestStream stream(Iterator<Request> requests) {
    return new RequestStream() {
      @Override
      public boolean hasNext() {
        return requests.hasNext();
      }

      @Override
      public Request next() {
        return requests.next();
      }
    };
  }
}
