// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.model.AttentionShape;
import org.osgi.annotation.versioning.ConsumerType;

/** How a PIM's GEMVs become instructions: what a new PIM may bring besides its rule table. */
@ConsumerType
public interface GemvLowering {
  /** A cursor for one channel of such a memory. */
  Cursor open(Organization organization, PimSpec pim);

  /**
   * Walks the instructions of one job after the other; allocates nothing while it does. What a job
   * is: {@code kind} which product, {@code sequenceTokens} tokens of the KV cache, at least 1,
   * {@code shape} the layer's attention on this device.
   */
  @ConsumerType
  interface Cursor {
    /** Instructions of such a job. */
    int instructions(GemvBatch.Kind kind, int sequenceTokens, AttentionShape shape);

    /** Result reads of such a job. */
    int results(GemvBatch.Kind kind, int sequenceTokens, AttentionShape shape);

    /**
     * Begins a job.
     *
     * @param firstRow row of the matrix' first tile, in every bank
     */
    void start(GemvBatch.Kind kind, int sequenceTokens, AttentionShape shape, int firstRow);

    /** Fills in the job's next instruction; the last one is marked and not followed by a call. */
    void next(PimInstruction into);
  }
}
