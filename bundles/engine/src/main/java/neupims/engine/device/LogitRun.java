// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.GemvBatch;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.Transfer;
import neupims.api.program.Kernel;

/**
 * K q of every resident in the PIM. When a resident's products are done, its softmax goes to the
 * vector units, and the scores back into its channel, from where the next GEMV takes them.
 */
final class LogitRun implements TaskRun {
  private final Npu npu;
  private final Pim pim;
  private final int order;
  private final NpuPlan softmax;
  private final GemvBatch batch;
  private final Transfer scores;
  private final DoneJobs ready;
  private GemvPace pace;
  private int step;
  private int finishedJobs;
  private long lastScoresFrom;
  private long lastResult;

  LogitRun(Npu npu, Pim pim, int order, Kernel.PimLogitSoftmax kernel, NpuPlan softmax) {
    this.npu = npu;
    this.pim = pim;
    this.order = order;
    this.softmax = softmax;
    batch = pim.batch(GemvBatch.Kind.LOGIT, kernel.residents(), kernel.heads(), kernel.headDim());
    scores = new Transfer(true, batch.jobs());
    ready = new DoneJobs(batch);
  }

  @Override
  public void start(long cycle) {
    lastResult = cycle;
    pace = pim.pace(batch, cycle);
    npu.outbox().add(batch, cycle, order);
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
    long result = npu.ratio().toMemory(start + latency);
    lastResult = Math.max(lastResult, result);
    store(tile, job, result);
    if (++step == tile.steps()) {
      step = 0;
      finishedJobs++;
      ready.removeFirst();
    }
  }

  private void store(NpuTile tile, int job, long from) {
    int first = scores.slots();
    for (int s = 0; s < tile.stores(); s++) {
      if (tile.storeStep(s) == step) {
        var resident = batch.resident(job);
        long place = pim.cache().scores(resident);
        npu.placement()
            .scores(
                scores, from, resident.channel(), place, tile.storeOffset(s), tile.storeBytes(s));
      }
    }
    if (scores.slots() > first) {
      npu.outbox().add(scores, first, scores.slots() - first, from, order);
      lastScoresFrom = Math.max(lastScoresFrom, from);
    }
  }

  @Override
  public long nextUnknown(long known) {
    if (finishedJobs == batch.jobs()) {
      return done() ? finish() : Math.max(known, lastScoresFrom + 1);
    }
    return ready.isEmpty() ? Math.max(known, pace.soonestNext()) : known;
  }

  @Override
  public boolean done() {
    return finishedJobs == batch.jobs() && scores.done();
  }

  @Override
  public long finish() {
    return Math.max(lastResult, scores.lastDoneCycle());
  }
}
