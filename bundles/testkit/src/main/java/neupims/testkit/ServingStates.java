// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import neupims.api.schedule.Admission;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvState;
import neupims.api.schedule.Preemption;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingLimits;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.TokenRun;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.conformance.Cases;

/**
 * Serving states for tests of schedulers, put together request by request: a batch of 8, a budget
 * of 100 tokens, sequences of up to 64, whole prompts, and one region of 20 blocks of 4 tokens,
 * unless told otherwise.
 */
public final class ServingStates {
  private static final int BLOCK_TOKENS = 4;

  private final List<WaitingRequest> waiting = new ArrayList<>();
  private final List<RunningRequest> running = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();
  private int maxBatch = 8;
  private int budget = 100;
  private boolean chunks;
  private long[] free = {20};

  /** The batch. */
  public ServingStates batch(int requests) {
    maxBatch = requests;
    return this;
  }

  /** The token budget. */
  public ServingStates budget(int tokens) {
    budget = tokens;
    return this;
  }

  /** Prompts may be worked on in chunks. */
  public ServingStates chunks() {
    chunks = true;
    return this;
  }

  /** Free blocks of each region, of 20. */
  public ServingStates free(long... blocks) {
    free = blocks.clone();
    return this;
  }

  /** A parameter that differs from its default. */
  public ServingStates with(String parameter, Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** A request that waits with its prompt still to be worked on. */
  public ServingStates waits(long id, int prompt, int output) {
    waiting.add(new WaitingRequest(new Request(id, 0, prompt, output), 0, 0, false, 0));
    return this;
  }

  /** A request that waits with its prompt worked on elsewhere. */
  public ServingStates waitsToDecode(long id, int prompt, int output) {
    Request request = new Request(id, 0, prompt, output);
    waiting.add(new WaitingRequest(request, 0, prompt - 1, false, 0));
    return this;
  }

  /** A request whose KV cache is on the host. */
  public ServingStates swappedOut(long id, int prompt, int generated) {
    Request request = new Request(id, 0, prompt, generated + 10);
    waiting.add(new WaitingRequest(request, generated, prompt + generated - 1, true, 1));
    return this;
  }

  /** A request that decodes, with just the blocks of the tokens that it has cached. */
  public ServingStates decodes(long id, int channel, int prompt, int generated) {
    int cached = prompt + generated - 1;
    Request request = new Request(id, 0, prompt, generated + 10);
    running.add(new RunningRequest(request, channel, generated, cached, blocks(cached)));
    return this;
  }

  /** A request whose prompt is partly worked on, with the blocks of all of it. */
  public ServingStates prefills(long id, int channel, int prompt, int cached) {
    Request request = new Request(id, 0, prompt, 10);
    running.add(new RunningRequest(request, channel, 0, cached, blocks(prompt)));
    return this;
  }

  /** What a scheduler plans. */
  public IterationPlan plan(BatchScheduler scheduler) {
    Map<String, Object> all = new HashMap<>(Cases.defaults(scheduler.parameters()).values());
    all.putAll(parameters);
    return scheduler.plan(
        new ServingState(
            5,
            0,
            waiting,
            running,
            new ServingLimits(maxBatch, budget, 64, chunks),
            new KvState(ServingStates::blocks, 20, free, 20),
            new Parameters(all),
            1));
  }

  /**
   * A plan in short: {@code +3:12} admits 3 and reserves 12 tokens, {@code 3x4} runs 4 tokens of 3.
   */
  public static String text(IterationPlan plan) {
    StringBuilder text = new StringBuilder();
    for (Preemption preemption : plan.preempt()) {
      boolean swaps = preemption.mode() == Preemption.Mode.SWAP;
      text.append(swaps ? " ~" : " -").append(preemption.request());
    }
    for (Admission admission : plan.admit()) {
      text.append(" +").append(admission.request()).append(':').append(admission.reserveTokens());
    }
    for (TokenRun run : plan.run()) {
      text.append(' ').append(run.request()).append('x').append(run.tokens());
    }
    return text.toString().trim();
  }

  private static long blocks(int tokens) {
    return (tokens + BLOCK_TOKENS - 1L) / BLOCK_TOKENS;
  }
}
