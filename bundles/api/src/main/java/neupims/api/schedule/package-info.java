// SPDX-License-Identifier: Apache-2.0
/**
 * Policies of the serving loop. Each is a pure function of the state that it is handed and keeps
 * nothing between calls, which is what makes a swap at an iteration boundary safe.
 *
 * <pre>
 * ServingState   -> BatchScheduler -> IterationPlan
 * PlacementState -> KvPlacement    -> channel of each newcomer   (GemvEstimator: cost of a request)
 * SplitState     -> SubBatchPolicy -> one or two sub-batches
 * </pre>
 */
@Export
@Version("1.0.0")
package neupims.api.schedule;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
