// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.WorkloadSpec;
import org.junit.jupiter.api.Test;

/** What every {@link RequestSource} must do. */
public abstract class RequestSourceContract {
  private static final int REQUESTS = 500;

  /** The source under test, a new one at each call. */
  protected abstract RequestSource source();

  /** As many requests as asked for, and then no more. */
  @Test
  public void theStreamEndsAfterTheRequestsAskedFor() {
    Iterator<Request> stream = source().open(spec(3, 1));
    for (int i = 0; i < 3; i++) {
      assertTrue(stream.hasNext());
      stream.next();
    }
    assertFalse(stream.hasNext());
    assertThrows(NoSuchElementException.class, stream::next);
  }

  /** Nobody said how many: there is always another one. */
  @Test
  public void zeroRequestsMeansAnEndlessStream() {
    Iterator<Request> stream = source().open(spec(0, 1));
    for (int i = 0; i < 10 * REQUESTS; i++) {
      assertTrue(stream.hasNext());
      stream.next();
    }
  }

  /** Ids count from 0 in order of arrival. */
  @Test
  public void idsCountFromZeroInOrderOfArrival() {
    List<Request> requests = read(spec(REQUESTS, 1));
    for (int i = 0; i < REQUESTS; i++) {
      assertEquals(i, requests.get(i).id());
      assertTrue(
          i == 0 || requests.get(i).arrivalNanos() >= requests.get(i - 1).arrivalNanos(),
          "request " + i + " arrives before its predecessor");
    }
  }

  /** No request outgrows the model's positions, however long the dataset's longest are. */
  @Test
  public void promptAndOutputStayWithinTheLimit() {
    for (int limit : new int[] {2, 3, 100, Cases.MAX_TOKENS}) {
      for (Request request : read(new WorkloadSpec(lengths(), REQUESTS, limit, 1))) {
        assertTrue(request.promptTokens() + request.outputTokens() <= limit, request.toString());
      }
    }
  }

  /** The same specification gives the same requests, also to two readers at once. */
  @Test
  public void theSameSpecificationGivesTheSameRequests() {
    RequestSource source = source();
    Iterator<Request> one = source.open(spec(REQUESTS, 1));
    Iterator<Request> other = source.open(spec(REQUESTS, 1));
    List<Request> alone = read(spec(REQUESTS, 1));
    for (Request request : alone) {
      assertEquals(request, one.next());
      assertEquals(request, other.next());
    }
  }

  /** Another seed, other lengths. */
  @Test
  public void anotherSeedGivesOtherRequests() {
    assertNotEquals(read(spec(REQUESTS, 1)), read(spec(REQUESTS, 2)));
  }

  private List<Request> read(WorkloadSpec spec) {
    List<Request> requests = new ArrayList<>();
    source().open(spec).forEachRemaining(requests::add);
    return requests;
  }

  private static WorkloadSpec spec(long requests, long seed) {
    return new WorkloadSpec(lengths(), requests, Cases.MAX_TOKENS, seed);
  }

  private static LengthDistribution lengths() {
    double[] probability = {0, 0.5, 0.99, 1};
    double[] prompt = {1, 17, 1263, 196710};
    double[] output = {1, 261, 961, 63144};
    return new LengthDistribution("contract", probability, prompt, output);
  }
}
