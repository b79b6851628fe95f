// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.RunEvent;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that do not return in time, and some that nothing ends. */
class LateCallTest {
  @TempDir private Path directory;
  private Trials trials;

  @BeforeEach
  void trials() {
    trials = new Trials(directory);
  }

  @Test
  void aCallThatRunsOutOfMemoryWhenNobodyWaitsAnyMoreEndsItsThreadAlone() throws Exception {
    CallClock clock = new CallClock(0.01);
    CountDownLatch leftBehind = new CountDownLatch(1);
    FutureTask<Object> call =
        new FutureTask<>(
            () ->
                clock.call(
                    () -> {
                      while (leftBehind.getCount() > 0) {
                        Thread.onSpinWait();
                      }
                      throw new OutOfMemoryError("a test's");
                    }));
    new Thread(call).start();
    assertTimeoutPreemptively(
        Trials.SOON,
        () -> {
          while (!clock.look()) {
            Thread.sleep(1);
          }
        });
    leftBehind.countDown();
    Throwable end = assertThrows(ExecutionException.class, call::get).getCause();
    assertTrue(end instanceof CallClock.LeftBehind, end.toString());
  }

  @Test
  void aCallThatCanBeInterruptedIsLateAndTheRunGoesOn() {
    trials.scheduler("bad", state -> sleep(60_000));
    timeout(Trials.withFallback(PluginKind.SCHEDULER));
  }

  /** It is left behind; the variant begins again on another thread, knowing what happened. */
  @Test
  void aCallThatNothingEndsIsLeftBehindAndTheRunGoesOn() {
    CountDownLatch never = new CountDownLatch(1);
    trials.scheduler("bad", state -> waitWhatever(never));
    timeout(Trials.withFallback(PluginKind.SCHEDULER));
    never.countDown();
  }

  private void timeout(Variant variant) {
    VariantResult result = assertTimeoutPreemptively(Trials.SOON, () -> trials.run(variant).get(0));
    assertNull(result.failure());
    assertEquals(300, result.requestsCompleted());
    RunEvent event = result.events().get(0);
    assertEquals(
        List.of("timeout", "did not return within 0.2 s", "good (test 1.0.0)", Trials.AT),
        List.of(event.what(), event.why(), event.to(), event.iteration()));
    trials.assertReplays(variant, result);
  }

  @Test
  void aCallThatNothingEndsStopsAVariantWithoutFallbackAndNoOther() {
    trials.heard.threads = 1; // which is then lost
    CountDownLatch never = new CountDownLatch(1);
    trials.scheduler("bad", state -> waitWhatever(never));
    Variant bad = Live.scheduler(Live.variant("bad", 300, Trials.spec()), "bad");
    List<VariantResult> results =
        assertTimeoutPreemptively(
            Trials.SOON, () -> trials.run(bad, Live.variant("good", 300, LiveSpec.NONE)));
    VariantResult late = results.get(0);
    assertEquals("failed", late.stopped());
    String words = "scheduler bad (test 1.0.0), at iteration 40: did not return within 0.2 s";
    assertTrue(late.failure().startsWith(words), late.failure());
    assertEquals(40, late.iterations());
    assertEquals("timeout", late.events().get(0).what());
    String left = "its thread neupims-run-bad is left behind and may take a core";
    assertTrue(trials.heard.notices.get(0).contains(left), trials.heard.notices.toString());
    assertEquals(300, results.get(1).requestsCompleted());
    never.countDown();
  }

  @Test
  void aVariantThatBeganAgainLeavesAThreadToTheOthers() {
    trials.heard.threads = 1;
    CountDownLatch never = new CountDownLatch(1);
    trials.scheduler("bad", state -> waitWhatever(never));
    Variant bad = Trials.withFallback(PluginKind.SCHEDULER);
    List<VariantResult> results = trials.run(bad, Live.variant("good", 300, LiveSpec.NONE));
    assertEquals("timeout", results.get(0).events().get(0).what());
    assertEquals(300, results.get(0).requestsCompleted());
    assertEquals(300, results.get(1).requestsCompleted());
    never.countDown();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ends) {
      throw new IllegalStateException(ends);
    }
  }

  /** Deaf to interrupts. */
  private static void waitWhatever(CountDownLatch until) {
    boolean over = false;
    while (!over) {
      try {
        over = until.await(1, TimeUnit.HOURS);
      } catch (InterruptedException deaf) {
        continue;
      }
    }
  }
}
