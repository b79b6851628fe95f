// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import neupims.api.hw.MemorySession;
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
final class PlanRun implements TaskRun, Offer {
  /** Once, for {@code values()} copies. */
  private static final Unit[] UNITS = Unit.values();

  /** Index of an offer that stands for all loads of a tile. */
  private static final int ALL = -1;

  private final Npu npu;
  private final Task task;
  private final int order;
  private final NpuPlan plan;
  private final TileRun[] tiles;
  private final int[] tileOf = new int[UNITS.length];
  private final long leastLatency;
  private final Transfer stores = new Transfer(true, 64);
  private int offered;
  private long startedAt;
  private long offeredAt;
  private int waitingStores;
  private long lastStoreFrom;
  private long computedAt;
  private int computed;

  PlanRun(Npu npu, Task task, int order, NpuPlan plan) {
    this.npu = npu;
    this.task = task;
    this.order = order;
    this.plan = plan;
    tiles = new TileRun[plan.tiles().size()];
    long least = Long.MAX_VALUE;
    for (NpuTile tile : plan.tiles()) {
      for (int s = 0; s < tile.steps(); s++) {
        least = Math.min(least, tile.latency(s));
      }
    }
    leastLatency = least;
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
    tiles[offered] = new TileRun(tile);
    int group = 2 * offered++;
    int perCycle = plan.issue().loadsPerCycle();
    if (perCycle == 0) {
      npu.outbox().add(npu.ratio().toMemory(offeredAt), order, this, group, ALL);
      return;
    }
    for (int load = 0; load < tile.loads(); load++) {
      long from = npu.ratio().toMemory(offeredAt + load / perCycle);
      npu.outbox().add(from, order, this, group, load);
    }
    offeredAt += Math.max(0, tile.loads() - 1) / perCycle;
  }

  /** Group 2i: loads of tile i; group 2i + 1: the stores of one of its steps. */
  @Override
  public void submit(MemorySession memory, int group, int index, long from) {
    TileRun run = tiles[group / 2];
    if (group % 2 == 1) {
      submitStores(memory, run, index, from);
      return;
    }
    int firstSlot = run.loads().slots();
    int first = index == ALL ? 0 : index;
    int end = index == ALL ? run.tile().loads() : index + 1;
    for (int load = first; load < end; load++) {
      npu.load(task, run.loads(), from, run.tile(), load);
      run.loadAdded(load);
    }
    memory.submit(run.loads(), firstSlot, run.loads().slots() - firstSlot);
  }

  private void submitStores(MemorySession memory, TileRun run, int step, long from) {
    int firstSlot = stores.slots();
    for (int s = run.firstStore(step); s < run.firstStore(step + 1); s++) {
      npu.store(task, stores, from, run.tile(), s);
    }
    waitingStores--;
    memory.submit(stores, firstSlot, stores.slots() - firstSlot);
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
    long arrived = arrived(run, step);
    if (arrived < 0) {
      return false;
    }
    place(run, Unit.MATRIX, step, arrived, plan.issue().lateStepsStartInPast());
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

  /** NPU cycle at which a step's operands are there, -1 if not known. */
  private long arrived(TileRun run, int step) {
    NpuTile tile = run.tile();
    long first = run.arrival(tile.firstLoad(step));
    long second = run.arrival(tile.secondLoad(step));
    long after = run.result(tile.afterStep(step));
    if (first < 0 || second < 0 || after < 0) {
      return -1;
    }
    long loaded = npu.ratio().toNpu(Math.max(first, second));
    return Math.max(startedAt, Math.max(loaded, after));
  }

  private void place(TileRun run, Unit unit, int step, long arrived, boolean inPast) {
    NpuTile tile = run.tile();
    long latency = tile.latency(step);
    long ready = arrived + tile.fill(step);
    long start =
        npu.unit(unit)
            .start(ready, arrived, tile.setup(step), inPast, tile.interval(step), latency);
    run.place(unit, start + latency);
    npu.noteStep(start, start + latency);
    if (run.firstStore(step) < run.firstStore(step + 1)) {
      long from = npu.ratio().toMemory(start + latency);
      int group = 2 * tileOf[unit.ordinal()] + 1;
      npu.outbox().add(from, order, this, group, step);
      waitingStores++;
      lastStoreFrom = Math.max(lastStoreFrom, from);
    }
  }

  @Override
  public long vectorReady() {
    TileRun run = current(Unit.VECTOR);
    if (run == null) {
      return Long.MAX_VALUE;
    }
    int step = run.next(Unit.VECTOR);
    long arrived = arrived(run, step);
    return arrived < 0 ? Long.MAX_VALUE : npu.ratio().toMemory(arrived + run.tile().fill(step));
  }

  @Override
  public void runVectorStep() {
    TileRun run = current(Unit.VECTOR);
    int step = run.next(Unit.VECTOR);
    place(run, Unit.VECTOR, step, arrived(run, step), false);
  }

  @Override
  public boolean closing() {
    return computed == tiles.length;
  }

  @Override
  public long nextUnknown(Known known) {
    if (closing()) {
      return done() ? finish() : Math.max(known.writes(), lastStoreFrom + 1);
    }
    long soonest = Long.MAX_VALUE;
    for (Unit unit : UNITS) {
      TileRun run = current(unit);
      if (run != null) {
        // Matrix steps wait for loads alone, vector steps for their turn among all that wait.
        long from = npu.ratio().toNpu(unit == Unit.MATRIX ? known.reads() : known.vectors());
        boolean inPast = unit == Unit.MATRIX && plan.issue().lateStepsStartInPast();
        long waited = from + (inPast ? 0 : leastLatency);
        long worked = run.bounds().soonest(run.next(unit), npu.unit(unit).free());
        soonest = Math.min(soonest, Math.max(waited, worked));
      }
    }
    return soonest == Long.MAX_VALUE
        ? known.vectors()
        : Math.max(known.vectors(), npu.ratio().toMemory(soonest));
  }

  @Override
  public void note(StageSpans spans) {
    for (TileRun tile : tiles) {
      spans.transfer(tile.loads());
    }
    spans.transfer(stores);
  }

  @Override
  public boolean done() {
    return closing() && waitingStores == 0 && stores.done();
  }

  @Override
  public long finish() {
    return Math.max(npu.ratio().toMemory(computedAt), stores.lastDoneCycle());
  }
}
