// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.WaitingRequest;
import neupims.api.workload.Request;

/**
 * A request on its way through the loop, with all that is known of it. Of the tokens known, those
 * of the prompt and the output so far, some are cached; working on the last of the others emits a
 * token. Not thread-safe.
 */
final class Sequence {
  /** Not yet. */
  static final long NEVER = -1;

  /** Nobody's yet. */
  static final int UNROUTED = -1;

  final Request request;

  /** Who serves it, or {@link #UNROUTED}. */
  int replica;

  int generated;
  int cached;

  /** Of the tokens cached, those that came over a link and are not in the device's memory yet. */
  int received;

  int channel;
  long kvBlocks;
  long hostBlocks;
  boolean swapped;
  int preemptions;
  long admittedNanos = NEVER;
  long firstTokenNanos = NEVER;
  long lastTokenNanos = NEVER;

  /** Since when it waits, and how long it waited before. */
  long waitsSinceNanos;

  long waitedNanos;

  /** What the plan at hand says of it; 0 tokens: it does not run. */
  int runTokens;

  long reserveTokens = NEVER;
  boolean leaves;

  private RunningRequest running;

  Sequence(Request request, int replica) {
    this.request = request;
    this.replica = replica;
    waitsSinceNanos = request.arrivalNanos();
  }

  long id() {
    return request.id();
  }

  int known() {
    return request.promptTokens() + generated;
  }

  int remaining() {
    return known() - cached;
  }

  boolean finished() {
    return generated == request.outputTokens();
  }

  /** Works on tokens; whether that emits one. */
  boolean advance(int tokens, long nowNanos) {
    cached += tokens;
    running = null;
    if (cached < known()) {
      return false;
    }
    emit(nowNanos);
    return true;
  }

  /** An output token. */
  void emit(long nowNanos) {
    generated++;
    if (firstTokenNanos == NEVER) {
      firstTokenNanos = nowNanos;
    }
    if (finished()) {
      lastTokenNanos = nowNanos;
    }
  }

  /** Takes blocks or, if negative, gives them back. */
  void blocks(long more) {
    kvBlocks += more;
    running = null;
  }

  /** Its work begins or begins again. */
  void admitted(int toChannel, long nowNanos) {
    channel = toChannel;
    swapped = false;
    running = null;
    startedWork(nowNanos);
  }

  /** Somebody works on it, for the first time or again. */
  void startedWork(long nowNanos) {
    waitedNanos += nowNanos - waitsSinceNanos;
    if (admittedNanos == NEVER) {
      admittedNanos = nowNanos;
    }
  }

  /** As a scheduler sees it in service. */
  RunningRequest running() {
    if (running == null) {
      running = new RunningRequest(request, channel, generated, cached, kvBlocks);
    }
    return running;
  }

  /** As a scheduler sees it waiting. */
  WaitingRequest waiting() {
    return new WaitingRequest(request, generated, cached, swapped, preemptions);
  }
}
