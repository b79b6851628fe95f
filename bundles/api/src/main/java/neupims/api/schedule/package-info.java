// SPDX-License-Identifier: Apache-2.0
/**
 * Policies of the serving loop. Each is a pure function of the state that it is handed and keeps
 * nothing between calls, which is what makes a swap at an iteration boundary safe. What a plan does
 * to the requests is the engine's business:
 *
 * <pre>
 * ServingState   -> BatchScheduler -> IterationPlan: who is preempted, admitted, runs with how many tokens
 * PlacementState -> KvPlacement    -> channel of each newcomer   (GemvEstimator: cost of a request)
 * SplitState     -> SubBatchPolicy -> one or two sub-batches
 * RouterState    -> Router         -> replica of each request, where there are several
 * </pre>
 */
@Export
@Version("1.2.0")
package neupims.api.schedule;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
