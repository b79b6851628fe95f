// SPDX-License-Identifier: Apache-2.0
package neupims.api.schedule;

import org.osgi.annotation.versioning.ConsumerType;

/** Estimates the PIM time of one request's attention in one layer. A pure function. */
@ConsumerType
public interface GemvEstimator {
  /**
   * Estimated memory cycles of K q and logit V.
   *
   * @param shape the layer's GEMVs
   * @param sequenceTokens tokens in the request's KV cache, at least 1
   */
  long estimateCycles(GemvShape shape, int sequenceTokens);
}
