// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;

/**
 * What a batch scheduler wants of the coming iteration: each request named generates one token.
 *
 * @param admit ids of waiting requests to take into service, which then take part in this iteration
 * @param run ids of running requests that take part
 */
public record IterationPlan(List<Long> admit, List<Long> run) {
  public IterationPlan {
    admit = List.copyOf(admit);
    run = List.copyOf(run);
  }
}
