// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import java.util.List;
import neupims.api.unit.ParameterSpec;
import neupims.api.workload.Request;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses which of several replicas of a system serves a request. A pure function of what it is
 * handed. Asked once for each request, at its arrival, or where a shared prefill pool wants it when
 * its prompt is done; the request stays where it is sent.
 */
@ConsumerType
public interface Router {
  /** The parameters that this router understands, for {@link RouterState#parameters()}. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /**
   * The replica of a request.
   *
   * @param state the replicas when it is asked; two or more
   * @param request as it arrived
   * @return a number from 0 to {@code state.replicas().size() - 1}
   */
  int route(RouterState state, Request request);
}
