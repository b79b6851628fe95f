// SPDX-License-Identifier: Apache-2.0
package neupims.calls;

import neupims.api.schedule.RouterState;
import neupims.api.workload.Request;

/** The arguments of {@link neupims.api.schedule.Router#route}. */
public record RouterCall(RouterState state, Request request) {}
