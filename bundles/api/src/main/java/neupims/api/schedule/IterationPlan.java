// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;

/**
 * What a batch scheduler wants of the coming iteration. First the preempted leave, then those in
 * service that run get the KV cache they lack, then the admitted get theirs.
 *
 * @param admit waiting requests to take into service, in order of admission; to take part in this
 *     iteration they must be in {@code run} too
 * @param run who takes part and with how many tokens
 * @param preempt requests to take out of service; they neither run nor are admitted in this plan
 */
public record IterationPlan(List<Admission> admit, List<TokenRun> run, List<Preemption> preempt) {
  /** Nothing to do. */
  public static final IterationPlan IDLE = new IterationPlan(List.of(), List.of(), List.of());

  public IterationPlan {
    admit = List.copyOf(admit);
    run = List.copyOf(run);
    preempt = List.copyOf(preempt);
  }
}
