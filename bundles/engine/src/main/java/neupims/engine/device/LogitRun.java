// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemorySession;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.Transfer;
import neupims.api.program.Kernel;

/**
 * K q of every resident in the PIM. When a resident's products are done, its softmax goes to the
 * vector units, and the scores back into its channel, from where the next GEMV takes them.
 */
final class LogitRun implements TaskRun, Offer {
  /** Group of the offer of the GEMVs; stores of job j are group j + 1. */
  private static final int GEMVS = 0;

  private final Npu npu;
  private final Pim pim;
  private final int order;
  private final NpuPlan softmax;
  private final GemvBatch batch;
  private final Transfer scores;
  private final DoneJobs ready;
  private final long leastLatency;
  private GemvPace pace;
  private int step;
  private int finishedJobs;
  private int waitingStores;
  private long lastScoresFrom;
  private long lastResult;

  LogitRun(Npu npu, Pim pim, int order, Kernel.PimLogitSoftmax kernel, NpuPlan softmax) {
    this.npu = npu;
    this.pim = pim;
    this.order = order;
    this.softmax = softmax;
    batch = pim.batch(GemvBatch.Kind.LOGIT, kernel.residents(), kernel.shape());
    scores = new Transfer(true, batch.jobs());
    ready = new DoneJobs(batch);
    long least = Long.MAX_VALUE;
    for (NpuTile tile : softmax.tiles()) {
      for (int s = 0; s < tile.steps(); s++) {
        least = Math.min(least, tile.latency(s));
      }
    }
    leastLatency = least == Long.MAX_VALUE ? 0 : least;
  }

  @Override
  public void start(long cycle) {
    lastResult = cycle;
    pace = pim.pace(batch, cycle);
    npu.outbox().add(cycle, order, this, GEMVS, 0);
  }

  @Override
  public boolean progress() {
    pace.update();
    return ready.update();
  }

  @Override
  public long vectorReady() {
    if (ready.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return batch.doneCycle(ready.first());
  }

  @Override
  public void runVectorStep() {
    int job = ready.first();
    NpuTile tile = softmax.tiles().get(job);
    long arrived = npu.ratio().toNpu(vectorReady());
    long interval = tile.interval(step);
    long latency = tile.latency(step);
    long start = npu.vector().start(arrived, arrived, tile.setup(step), false, interval, latency);
    npu.noteStep(start, start + latency);
    long result = npu.ratio().toMemory(start + latency);
    lastResult = Math.max(lastResult, result);
    if (softmax.issue().lastStoresPerCycle() == 0) {
      store(job, step, result);
    }
    if (++step == tile.steps()) {
      step = 0;
      finishedJobs++;
      ready.removeFirst();
      if (finishedJobs == batch.jobs() && softmax.issue().lastStoresPerCycle() > 0) {
        storeAll();
      }
    }
  }

  /** Announces what a job's step leaves to be stored. */
  private void store(int job, int ofStep, long from) {
    NpuTile tile = softmax.tiles().get(job);
    for (int s = 0; s < tile.stores(); s++) {
      if (tile.storeStep(s) == ofStep) {
        announce(job, s, from);
      }
    }
  }

  /** Announces all stores, the last result being there. */
  private void storeAll() {
    long first = npu.ratio().toNpu(lastResult);
    long stored = 0;
    for (int j = 0; j < batch.jobs(); j++) {
      for (int s = 0; s < softmax.tiles().get(j).stores(); s++) {
        long from = first + stored++ / softmax.issue().lastStoresPerCycle();
        announce(j, s, npu.ratio().toMemory(from));
      }
    }
  }

  private void announce(int job, int store, long from) {
    npu.outbox().add(from, order, this, job + 1, store);
    waitingStores++;
    lastScoresFrom = Math.max(lastScoresFrom, from);
  }

  @Override
  public void submit(MemorySession memory, int group, int index, long from) {
    if (group == GEMVS) {
      memory.submit(batch, from);
      return;
    }
    int job = group - 1;
    NpuTile tile = softmax.tiles().get(job);
    int channel = batch.resident(job).channel();
    long place = pim.cache().scores(batch.resident(job));
    int first = scores.slots();
    npu.placement()
        .tiles(scores, from, channel, place, tile.storeOffset(index), tile.storeBytes(index));
    waitingStores--;
    memory.submit(scores, first, scores.slots() - first);
  }

  @Override
  public boolean closing() {
    return finishedJobs == batch.jobs();
  }

  @Override
  public long nextUnknown(Known known) {
    if (closing()) {
      return done() ? finish() : Math.max(known.writes(), lastScoresFrom + 1);
    }
    // Nothing comes of a result before a vector step has been through the unit.
    long soonest = ready.isEmpty() ? Math.max(known.gemvs(), pace.soonestNext()) : known.vectors();
    return npu.ratio().toMemory(npu.ratio().toNpu(soonest) + leastLatency);
  }

  @Override
  public void note(StageSpans spans) {
    spans.gemvs(batch);
    spans.transfer(scores);
  }

  @Override
  public boolean done() {
    return closing() && waitingStores == 0 && scores.done();
  }

  @Override
  public long finish() {
    return Math.max(lastResult, scores.lastDoneCycle());
  }
}
