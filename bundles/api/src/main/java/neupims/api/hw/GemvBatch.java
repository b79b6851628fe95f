// SPDX-License-Identifier: Apache-2.0
package neupims.api.hw;

import java.util.Arrays;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;

/**
 * GEMVs of one kind for a list of residents, each in its resident's channel; a channel runs its own
 * in the order of the list. The engine fills and submits it, a {@link MemorySession} completes the
 * jobs. A job is done when its last result is on the bus. Not thread-safe: belongs to one
 * simulation.
 */
public final class GemvBatch {
  /** Which product. */
  public enum Kind {
    /** K q: tokens x headDim by headDim, for every query head. */
    LOGIT,
    /** V applied to the softmax: headDim x tokens by tokens, for every query head. */
    ATTEND
  }

  private final Kind kind;
  private final AttentionShape shape;
  private final Resident[] residents;
  private final long[] firstTile;
  private final long[] doneCycle;
  private int doneJobs;
  private long lastDoneCycle = -1;

  /**
   * A batch with its residents' KV cache at the given tiles.
   *
   * @param kind which product
   * @param shape the layer's attention on this device
   * @param residents the requests
   * @param firstTile per resident the first tile, within its channel, of this layer's K (LOGIT) or
   *     V (ATTEND); the tiles of a layer follow each other
   */
  public GemvBatch(Kind kind, AttentionShape shape, Resident[] residents, long[] firstTile) {
    this.kind = kind;
    this.shape = shape;
    this.residents = residents.clone();
    this.firstTile = firstTile.clone();
    doneCycle = new long[residents.length];
    Arrays.fill(doneCycle, -1);
  }

  /** The same for multi-head attention in FP16. */
  public GemvBatch(Kind kind, int heads, int headDim, Resident[] residents, long[] firstTile) {
    this(kind, AttentionShape.multiHead(heads, headDim), residents, firstTile);
  }

  /** Records a job's last result. For memory models. */
  public void complete(int job, long cycle) {
    doneCycle[job] = cycle;
    doneJobs++;
    lastDoneCycle = Math.max(lastDoneCycle, cycle);
  }

  /** Which product. */
  public Kind kind() {
    return kind;
  }

  /** The layer's attention on this device. */
  public AttentionShape shape() {
    return shape;
  }

  /** Number of jobs. */
  public int jobs() {
    return residents.length;
  }

  /** The request of a job. */
  public Resident resident(int job) {
    return residents[job];
  }

  /** First tile of the job's matrix within its channel. */
  public long firstTile(int job) {
    return firstTile[job];
  }

  /** Number of jobs done. */
  public int doneJobs() {
    return doneJobs;
  }

  /** Whether every job is done. */
  public boolean done() {
    return doneJobs == residents.length;
  }

  /** Memory cycle of the job's last result, or -1 while it runs. */
  public long doneCycle(int job) {
    return doneCycle[job];
  }

  /** The latest completion so far, -1 when there is none. */
  public long lastDoneCycle() {
    return lastDoneCycle;
  }
}
