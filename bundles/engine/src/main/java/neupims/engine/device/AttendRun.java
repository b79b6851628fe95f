// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.Transfer;
import neupims.api.program.Kernel;

/**
 * V applied to the scores of every resident in the PIM. A resident's attention is in the NPU when
 * its results have been read, and is then written to its rows of the output.
 */
final class AttendRun implements TaskRun, Offer {
  /** Group of the offer of the GEMVs. */
  private static final int GEMVS = 0;

  /** Group of the offers of residents' attention. */
  private static final int STORES = 1;

  private final Npu npu;
  private final Pim pim;
  private final int order;
  private final GemvBatch batch;
  private final int output;
  private final int rowBytes;
  private final int overTokens;
  private final Transfer stores;
  private final DoneJobs ready;
  private GemvPace pace;
  private long lastStoreFrom;
  private int taken;
  private int waitingStores;

  /**
   * The task.
   *
   * @param output tensor that takes the attention
   * @param rowBytes bytes of a resident's attention
   * @param overTokens sequences that are not longer leave no output in memory
   */
  AttendRun(
      Npu npu,
      Pim pim,
      int order,
      Kernel.PimAttend kernel,
      int output,
      int rowBytes,
      int overTokens) {
    this.npu = npu;
    this.pim = pim;
    this.order = order;
    this.output = output;
    this.rowBytes = rowBytes;
    this.overTokens = overTokens;
    batch = pim.batch(GemvBatch.Kind.ATTEND, kernel.residents(), kernel.shape());
    stores = new Transfer(true, batch.jobs());
    ready = new DoneJobs(batch);
  }

  @Override
  public void start(long cycle) {
    pace = pim.pace(batch, cycle);
    npu.outbox().add(cycle, order, this, GEMVS, 0);
  }

  @Override
  public boolean progress() {
    pace.update();
    boolean moved = ready.update();
    while (!ready.isEmpty()) {
      int job = ready.first();
      if (batch.resident(job).sequenceTokens() > overTokens) {
        long from = batch.doneCycle(job);
        npu.outbox().add(from, order, this, STORES, job);
        waitingStores++;
        lastStoreFrom = Math.max(lastStoreFrom, from);
      }
      ready.removeFirst();
      taken++;
    }
    return moved;
  }

  @Override
  public void submit(MemorySession memory, int group, int index, long from) {
    if (group == GEMVS) {
      memory.submit(batch, from);
      return;
    }
    int first = stores.slots();
    npu.placement().tensor(stores, from, output, (long) index * rowBytes, rowBytes);
    waitingStores--;
    memory.submit(stores, first, stores.slots() - first);
  }

  @Override
  public boolean closing() {
    return taken == batch.jobs();
  }

  @Override
  public long nextUnknown(Known known) {
    if (closing()) {
      return done() ? finish() : Math.max(known.writes(), lastStoreFrom + 1);
    }
    return Math.max(known.gemvs(), pace.soonestNext());
  }

  @Override
  public void note(StageSpans spans) {
    spans.gemvs(batch);
    spans.transfer(stores);
  }

  @Override
  public boolean done() {
    return closing() && waitingStores == 0 && stores.done();
  }

  @Override
  public long finish() {
    return Math.max(batch.lastDoneCycle(), stores.lastDoneCycle());
  }
}
