// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuTile;
import neupims.api.hw.NpuTile.Unit;
import neupims.api.hw.Transfer;
import neupims.api.program.Task;

/**
 * An NPU task: the tile pipeline. Tile {@code i} is loaded as soon as tile {@code i - 2} has been
 * computed, into the half of the scratchpad that it leaves; steps are placed in time when their
 * operands' arrivals are known.
 */
final class PlanRun implements TaskRun {
  private final Npu npu;
  private final Task task;
  private final int order;
  private final NpuPlan plan;
  private final TileRun[] tiles;
  private final int[] tileOf = new int[Unit.values().length];
  private final Transfer stores = new Transfer(true, 64);
  private int offered;
  private long startedAt;
  private long offeredAt;
  private long lastStoreFrom;
  private long computedAt;
  private int computed;

  PlanRun(Npu npu, Task task, int order, NpuPlan plan) {
    this.npu = npu;
    this.task = task;
    this.order = order;
    this.plan = plan;
    tiles = new TileRun[plan.tiles().size()];
  }

  @Override
  public void start(long cycle) {
    startedAt = npu.ratio().toNpu(cycle);
    offeredAt = startedAt;
    computedAt = startedAt;
    offer();
    if (tiles.length > 1) {
      offer();
    }
  }

  private void offer() {
    NpuTile tile = plan.tiles().get(offered);
    TileRun run = new TileRun(tile);
    tiles[offered++] = run;
    int perCycle = plan.issue().loadsPerCycle();
    for (int load = 0; load < tile.loads(); load++) {
      long from = npu.ratio().toMemory(offeredAt + (perCycle == 0 ? 0 : load / perCycle));
      int first = run.loads().slots();
      npu.load(task, run.loads(), from, tile, load);
      run.loadAdded(load);
      npu.outbox().add(run.loads(), first, run.loads().slots() - first, from, order);
    }
    if (perCycle > 0 && tile.loads() > 0) {
      offeredAt += (tile.loads() - 1) / perCycle;
    }
  }

  @Override
  public boolean progress() {
    boolean moved = false;
    while (placeMatrixStep()) {
      moved = true;
    }
    while (computed < offered && tiles[computed].computed()) {
      computedAt = Math.max(computedAt, tiles[computed].computedAt());
      computed++;
      moved = true;
      if (offered < tiles.length) {
        offeredAt = Math.max(offeredAt, computedAt);
        offer();
      }
    }
    return moved;
  }

  private boolean placeMatrixStep() {
    TileRun run = current(Unit.MATRIX);
    if (run == null) {
      return false;
    }
    int step = run.next(Unit.MATRIX);
    long ready = ready(run, step, true);
    if (ready < 0) {
      return false;
    }
    boolean inPast = plan.issue().lateStepsStartInPast();
    place(run, Unit.MATRIX, step, ready, ready(run, step, false), inPast);
    return true;
  }

  /** The tile of the unit's next step, null when that is not offered yet or there is none. */
  private TileRun current(Unit unit) {
    int at = tileOf[unit.ordinal()];
    while (at < offered && tiles[at].next(unit) < 0) {
      at++;
    }
    tileOf[unit.ordinal()] = at;
    return at < offered ? tiles[at] : null;
  }

  /** NPU cycle at which a step's operands are there (and in place when asked), -1 if not known. */
  private long ready(TileRun run, int step, boolean filled) {
    NpuTile tile = run.tile();
    long first = run.arrival(tile.firstLoad(step));
    long second = run.arrival(tile.secondLoad(step));
    long after = run.result(tile.afterStep(step));
    if (first < 0 || second < 0 || after < 0) {
      return -1;
    }
    long fill = filled ? tile.fill(step) : 0;
    long loaded = npu.ratio().toNpu(Math.max(first, second)) + fill;
    return Math.max(startedAt, Math.max(loaded, after));
  }

  private void place(TileRun run, Unit unit, int step, long ready, long arrived, boolean inPast) {
    NpuTile tile = run.tile();
    UnitState state = npu.unit(unit);
    long start =
        state.start(
            ready, arrived, tile.setup(step), inPast, tile.interval(step), tile.latency(step));
    long result = start + tile.latency(step);
    run.place(unit, result);
    int end = run.firstStore(step + 1);
    if (run.firstStore(step) < end) {
      long from = npu.ratio().toMemory(result);
      int first = stores.slots();
      for (int s = run.firstStore(step); s < end; s++) {
        npu.store(task, stores, from, tile, s);
      }
      npu.outbox().add(stores, first, stores.slots() - first, from, order);
      lastStoreFrom = Math.max(lastStoreFrom, from);
    }
  }

  @Override
  public long vectorReady() {
    TileRun run = current(Unit.VECTOR);
    if (run == null) {
      return Long.MAX_VALUE;
    }
    long ready = ready(run, run.next(Unit.VECTOR), true);
    return ready < 0 ? Long.MAX_VALUE : npu.ratio().toMemory(ready);
  }

  @Override
  public void runVectorStep() {
    TileRun run = current(Unit.VECTOR);
    int step = run.next(Unit.VECTOR);
    long ready = ready(run, step, true);
    place(run, Unit.VECTOR, step, ready, ready, false);
  }

  @Override
  public long nextUnknown(long known) {
    if (computed == tiles.length) {
      return done() ? finish() : Math.max(known, lastStoreFrom + 1);
    }
    long knownNpu = npu.ratio().toNpu(known);
    long soonest = Long.MAX_VALUE;
    for (Unit unit : Unit.values()) {
      TileRun run = current(unit);
      if (run != null) {
        soonest = Math.min(soonest, nextUnknown(run, unit, knownNpu));
      }
    }
    return soonest == Long.MAX_VALUE ? known : Math.max(known, npu.ratio().toMemory(soonest));
  }

  private long nextUnknown(TileRun run, Unit unit, long knownNpu) {
    int step = run.next(unit);
    int storing = run.nextStoring(step);
    int last = run.last(unit);
    int until = storing >= 0 ? storing : last;
    long free = npu.unit(unit).free();
    boolean inPast = unit == Unit.MATRIX && plan.issue().lateStepsStartInPast();
    long waited = knownNpu + (inPast ? 0 : run.tile().latency(until));
    return Math.max(waited, run.soonestResult(step, until, free));
  }

  @Override
  public boolean done() {
    return computed == tiles.length && stores.done();
  }

  @Override
  public long finish() {
    return Math.max(npu.ratio().toMemory(computedAt), stores.lastDoneCycle());
  }
}
