// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.Variant;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;

/**
 * Between a variant's thread and whoever looks on:
 *
 * <pre>
 * others:   pause, resume, stop, swap --> asked --> variant, at an iteration boundary
 * variant:  state, counts, policies   --> told  --> status
 * </pre>
 *
 * A variant to which nobody has anything to say reads one field an iteration.
 */
final class Control {
  private final Variant variant;
  private final List<PolicyChoice> swaps = new ArrayList<>();
  private boolean paused;
  private volatile boolean asked;
  private volatile boolean stopped;

  private volatile State state = State.QUEUED;
  private volatile String note = "";
  private volatile Supplier<String> device = () -> "";
  private volatile List<PluginInfo> policies = List.of();
  private volatile long iterations;
  private volatile long requests;
  private volatile long nanos;

  Control(Variant variant) {
    this.variant = variant;
  }

  String name() {
    return variant.name();
  }

  synchronized void pause() {
    paused = true;
    asked = true;
  }

  synchronized void resume() {
    paused = false;
    notifyAll();
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  synchronized void swap(PolicyChoice to) {
    swaps.add(to);
    asked = true;
    notifyAll();
  }

  boolean stopped() {
    return stopped;
  }

  /** Whether somebody has asked for something since {@link #take} last ended. */
  boolean asked() {
    return asked;
  }

  /** What was asked for; rests first while the variant is paused. Called by the variant. */
  synchronized List<PolicyChoice> take() {
    try {
      while (paused && !stopped) {
        state = State.PAUSED;
        wait();
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
    state = State.RUNNING;
    asked = false;
    List<PolicyChoice> taken = List.copyOf(swaps);
    swaps.clear();
    return taken;
  }

  /** Whether somebody wants another policy of a kind. */
  synchronized boolean asked(PluginKind<?> kind) {
    return swaps.stream().anyMatch(choice -> choice.kind().equals(kind));
  }

  /** Waits a moment, less when somebody asks for something. Called by the variant. */
  synchronized void rest(long millis) {
    try {
      if (!stopped) {
        wait(millis);
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  void running() {
    state = State.RUNNING;
    note = "";
  }

  void waiting(String why) {
    note = why;
    state = State.WAITING;
  }

  void ended() {
    // What is over keeps no plug-in in memory.
    device = () -> "";
    note = "";
    state = State.ENDED;
  }

  void policies(List<PluginInfo> now) {
    policies = now;
  }

  void counts(long iterationsBegun, long requestsDone, long nowNanos) {
    iterations = iterationsBegun;
    requests = requestsDone;
    nanos = nowNanos;
  }

  /** Who knows what keeps the device from running programs. */
  void device(Supplier<String> busyWith) {
    device = busyWith;
  }

  /** Why it waits, or else what it is busy with and what comes with the next iteration. */
  private synchronized String note() {
    if (state == State.ENDED || !note.isEmpty()) {
      return note;
    }
    List<String> coming = new ArrayList<>();
    String busy = device.get();
    if (!busy.isEmpty()) {
      coming.add(busy);
    }
    if (paused && state == State.RUNNING) {
      coming.add("rests before the next iteration");
    }
    for (PolicyChoice swap : swaps) {
      String word = swap.kind().word();
      String now =
          policies.stream()
              .filter(policy -> policy.kind().equals(word))
              .map(PluginInfo::name)
              .findFirst()
              .orElse("");
      coming.add("%s %s -> %s before the next iteration".formatted(word, now, swap.name()));
    }
    return String.join("; ", coming);
  }

  VariantStatus status() {
    return new VariantStatus(
        variant.name(),
        state,
        iterations,
        requests,
        variant.workload().requests(),
        nanos / 1e9,
        policies,
        note());
  }
}
