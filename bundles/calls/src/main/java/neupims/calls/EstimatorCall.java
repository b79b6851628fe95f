// SPDX-License-Identifier: Apache-2.0
package neupims.calls;

import neupims.api.schedule.GemvShape;

/** The arguments of {@link neupims.api.schedule.GemvEstimator#estimateCycles}. */
public record EstimatorCall(GemvShape shape, int tokens) {}
