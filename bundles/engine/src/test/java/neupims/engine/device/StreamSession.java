// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.Comparator;
import java.util.PriorityQueue;
import neupims.api.hw.Command;
import neupims.api.hw.Completion;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;

/** See {@link StreamMemory}. Refuses work in its past and notes what it was given. */
final class StreamSession implements MemorySession {
  private record Due(long cycle, long sequence, Runnable record) {}

  private final Organization organization;
  private final int burst;
  private final boolean eager;
  private final long[] busFree;
  private final long[] pimFree;
  private final MemoryCounters counters;
  private final PriorityQueue<Due> pending =
      new PriorityQueue<>(Comparator.comparingLong(Due::cycle).thenComparingLong(Due::sequence));
  private final PriorityQueue<Due> uncounted =
      new PriorityQueue<>(Comparator.comparingLong(Due::cycle).thenComparingLong(Due::sequence));
  private long sequence;
  private long now;

  StreamSession(MemorySpec spec, boolean eager) {
    organization = spec.organization();
    burst = spec.timing().burst();
    this.eager = eager;
    busFree = new long[organization.channels()];
    pimFree = new long[organization.channels()];
    counters = new MemoryCounters(organization.channels());
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public void submit(Transfer transfer, int firstSlot, int slots) {
    for (int s = firstSlot; s < firstSlot + slots; s++) {
      refusePast(transfer.fromCycle(s));
      long end = transfer.address(s) + transfer.bytes(s);
      for (long at = transfer.address(s); at < end; ) {
        long stop = Math.min(end, (at / organization.rowBytes() + 1) * organization.rowBytes());
        piece(transfer, s, at, (int) (stop - at));
        at = stop;
      }
    }
  }

  private void piece(Transfer transfer, int slot, long at, int bytes) {
    int channel = (int) (at / organization.rowBytes() % organization.channels());
    long accesses = bytes / organization.accessBytes();
    long start = Math.max(busFree[channel], transfer.fromCycle(slot));
    busFree[channel] = start + accesses * burst;
    Command command = transfer.write() ? Command.WR : Command.RD;
    count(start, () -> counters.addCommands(channel, command, accesses));
    long done = transfer.write() ? busFree[channel] : busFree[channel] + StreamMemory.LATENCY;
    complete(done, () -> transfer.complete(slot, bytes, done));
  }

  @Override
  public void submit(GemvBatch batch, long fromCycle) {
    refusePast(fromCycle);
    for (int j = 0; j < batch.jobs(); j++) {
      int job = j;
      int channel = batch.resident(j).channel();
      long cycles = StreamMemory.gemvCycles(batch.resident(j), batch.shape());
      long start = Math.max(pimFree[channel], fromCycle);
      pimFree[channel] = start + cycles;
      count(start, () -> counters.addPimComputeCycles(channel, cycles));
      long done = pimFree[channel];
      complete(done, () -> batch.complete(job, done));
    }
  }

  /** Work is counted when it begins, all of it. */
  private void count(long cycle, Runnable record) {
    uncounted.add(new Due(cycle, sequence++, record));
  }

  private void refusePast(long fromCycle) {
    if (fromCycle < now) {
      throw new IllegalArgumentException("work from cycle " + fromCycle + " at cycle " + now);
    }
  }

  private void complete(long cycle, Runnable record) {
    if (eager) {
      record.run();
    } else {
      pending.add(new Due(cycle, sequence++, record));
    }
  }

  @Override
  public void advance(long untilCycle) {
    if (untilCycle < now) {
      throw new IllegalArgumentException("from cycle " + now + " back to " + untilCycle);
    }
    now = untilCycle;
    while (!uncounted.isEmpty() && uncounted.peek().cycle() < now) {
      uncounted.poll().record().run();
    }
    while (!pending.isEmpty() && pending.peek().cycle() <= now) {
      pending.poll().record().run();
    }
  }

  @Override
  public long horizon(Completion kind) {
    return pending.isEmpty() ? Long.MAX_VALUE : Math.max(now + 1, pending.peek().cycle());
  }

  @Override
  public long address(int channel, long channelByte) {
    long row = channelByte / organization.rowBytes();
    return (row * organization.channels() + channel) * organization.rowBytes()
        + channelByte % organization.rowBytes();
  }

  @Override
  public MemoryCounters counters() {
    return counters;
  }
}
