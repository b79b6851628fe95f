// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import neupims.api.workload.KeyedRandom;
import neupims.api.workload.LengthDistribution;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.junit.jupiter.api.Test;

/** What every {@link RequestSource} must do that draws lengths from a dataset. */
public abstract class DrawnLengthsContract extends RequestSourceContract {
  /** Nobody said how many: there is always another one. */
  @Test
  public void zeroRequestsMeansAnEndlessStream() {
    try (RequestStream stream = source().open(spec(0, 1))) {
      for (int i = 0; i < 10 * REQUESTS; i++) {
        assertTrue(stream.hasNext());
        stream.next();
      }
    }
  }

  /** No request outgrows the model's positions, however long the dataset's longest are. */
  @Test
  public void promptAndOutputStayWithinTheLimit() {
    for (int limit : new int[] {2, 3, 100, Cases.MAX_TOKENS}) {
      for (Request request : read(spec(REQUESTS, limit, 1))) {
        assertTrue(request.promptTokens() + request.outputTokens() <= limit, request.toString());
      }
    }
  }

  /** Without room for a prompt and an output there is no request. */
  @Test
  public void aLimitWithoutRoomForPromptAndOutputIsRefused() {
    WorkloadSpec spec = spec(1, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> source().open(spec));
  }

  /** Another seed, other lengths. */
  @Test
  public void anotherSeedGivesOtherRequests() {
    assertNotEquals(read(spec(REQUESTS, 1)), read(spec(REQUESTS, 2)));
  }

  /**
   * Prompt, then output, from seed and id: the same requests whatever the source, so that arrivals
   * can be compared on the same work.
   */
  @Test
  public void lengthsComeFromTheSeedAndTheIdAlone() {
    WorkloadSpec spec = spec(REQUESTS, 5);
    LengthDistribution lengths = spec.lengths().orElseThrow();
    List<Request> requests = read(spec);
    assertEquals(REQUESTS, requests.size());
    for (Request request : requests) {
      KeyedRandom random = new KeyedRandom(5, request.id());
      int prompt = lengths.promptTokens(random, Cases.MAX_TOKENS - 1);
      assertEquals(prompt, request.promptTokens());
      assertEquals(lengths.outputTokens(random, Cases.MAX_TOKENS - prompt), request.outputTokens());
    }
  }
}
