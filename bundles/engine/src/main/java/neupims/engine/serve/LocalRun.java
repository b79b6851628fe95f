// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.RunResult;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;

/**
 * Variants in this process, one thread each, as many at once as may be. A variant that is over
 * leaves its result and status, and nothing that would keep a plug-in in memory.
 */
final class LocalRun implements LiveRun {
  /** Of wall time, between two looks at calls under way. */
  private static final long LOOK_MILLIS = 50;

  private final Experiment experiment;
  private final List<Control> controls = new ArrayList<>();
  private final AtomicReferenceArray<ServingLoop> loops;
  private final AtomicReferenceArray<VariantResult> results;
  private final CountDownLatch left;
  private final Journals journals;
  private final AtomicInteger under;
  private final ScheduledExecutorService watch;
  private final ThreadPoolExecutor pool;

  /**
   * Starts them.
   *
   * @param most how many may run at once
   * @param journals theirs
   */
  LocalRun(Experiment experiment, List<ServingLoop> starting, int most, Journals journals) {
    this.experiment = experiment;
    this.journals = journals;
    loops = new AtomicReferenceArray<>(starting.toArray(ServingLoop[]::new));
    results = new AtomicReferenceArray<>(starting.size());
    left = new CountDownLatch(starting.size());
    under = new AtomicInteger(starting.size());
    starting.forEach(loop -> controls.add(loop.control()));
    int threads = Math.min(starting.size(), most);
    watch = Executors.newSingleThreadScheduledExecutor(LocalRun::daemon);
    watch.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    pool =
        new ThreadPoolExecutor(
            threads,
            threads + starting.size(), // each may lose one
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            LocalRun::daemon);
    for (int i = 0; i < starting.size(); i++) {
      int index = i;
      pool.execute(() -> run(index));
    }
    pool.shutdown();
  }

  /** A thread that hangs in a plug-in must not keep the process alive. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "neupims-run");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether the variant is over by this thread's doing. */
  private boolean run(int index) {
    // Threads that hang in a plug-in are found by their names.
    Thread.currentThread().setName("neupims-run-" + controls.get(index).name());
    try {
      over(index, loops.get(index).run());
      return true;
    } catch (CallClock.LeftBehind late) {
      return false; // somebody else has gone on, or the variant is over
    }
  }

  /** Variants that wait for a thread get one for that which a variant that is over has lost. */
  private synchronized void replaceThread() {
    pool.setCorePoolSize(pool.getCorePoolSize() + 1);
  }

  private void over(int index, VariantResult result) {
    ServingLoop loop = loops.get(index);
    results.set(index, result);
    loop.close();
    controls.get(index).ended();
    loops.set(index, null);
    if (under.decrementAndGet() == 0) {
      journals.ended(all());
      watch.shutdown();
    }
    left.countDown();
  }

  /** Goes on for variants that are stuck in a call. */
  private void look() {
    for (int i = 0; i < loops.length(); i++) {
      ServingLoop loop = loops.get(i);
      if (loop != null && loop.stuck()) {
        int index = i;
        try {
          loops.set(index, loop.again());
          daemon(
                  () -> {
                    if (run(index)) {
                      replaceThread();
                    }
                  })
              .start();
        } catch (RuntimeException | Error over) {
          // An error of the virtual machine would end this watch and leave the variant hanging.
          over(index, loop.failed(over));
          replaceThread();
        }
      }
    }
  }

  @Override
  public Experiment experiment() {
    return experiment;
  }

  @Override
  public List<VariantStatus> status() {
    return controls.stream().map(Control::status).toList();
  }

  @Override
  public void pause() {
    controls.forEach(Control::pause);
  }

  @Override
  public void resume() {
    controls.forEach(Control::resume);
  }

  @Override
  public void stop() {
    controls.forEach(Control::stop);
  }

  @Override
  public void swap(String variant, PluginKind<?> kind, String name) {
    List<Control> asked = new ArrayList<>();
    List<PolicyChoice> choices = new ArrayList<>();
    for (int i = 0; i < controls.size(); i++) {
      ServingLoop loop = loops.get(i);
      if (loop != null && (variant == null || controls.get(i).name().equals(variant))) {
        choices.add(loop.wanted(kind, name));
        asked.add(controls.get(i));
      }
    }
    if (asked.isEmpty()) {
      throw nobody(variant);
    }
    for (int i = 0; i < asked.size(); i++) {
      asked.get(i).swap(choices.get(i));
    }
  }

  private InputException nobody(String variant) {
    List<String> names = controls.stream().map(Control::name).toList();
    if (variant == null || names.contains(variant)) {
      return new InputException(
          (variant == null ? "the run" : "variant " + variant) + " is over: nothing to swap");
    }
    return new InputException(
        "unknown variant \"%s\"; known: %s%s"
            .formatted(variant, String.join(", ", names), NearestName.hint(variant, names)));
  }

  @Override
  public RunResult await() throws InterruptedException {
    left.await();
    return new RunResult(experiment, all());
  }

  private List<VariantResult> all() {
    List<VariantResult> all = new ArrayList<>();
    for (int i = 0; i < results.length(); i++) {
      all.add(results.get(i));
    }
    return all;
  }
}
