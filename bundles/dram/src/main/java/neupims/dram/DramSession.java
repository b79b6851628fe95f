// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.List;
import java.util.stream.IntStream;
import neupims.api.hw.CommandSink;
import neupims.api.hw.Completion;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.api.program.Resident;

/** A device's channels, each played on its own from one point in time to the next. */
final class DramSession implements MemorySession {
  /** Longest stretch played at once when channels share a front end: ASSUMED, bounds its memory. */
  private static final long STRETCH = 4096;

  private final MemorySpec spec;
  private final AddressMap map;
  private final Channel[] channels;
  private final Cohorts cohorts;
  private final SlotParts parts;
  private final FrontEnd frontEnd;
  private final MemoryCounters counters;
  private final GemvLowering lowering;
  private long now;

  DramSession(MemorySpec spec, CommandSink sink, GemvLowering lowering) {
    this(spec, sink, lowering, Cohorts.INTERVAL);
  }

  /**
   * A session.
   *
   * @param lowering null for a memory without a PIM
   * @param joinInterval cycles between two searches for channels of the same state
   */
  DramSession(MemorySpec spec, CommandSink sink, GemvLowering lowering, long joinInterval) {
    this.spec = spec;
    this.lowering = lowering;
    map = new AddressMap(spec.organization());
    frontEnd =
        lowering != null && spec.controller().pimInstructionsPerCycle() > 0 ? new FrontEnd() : null;
    channels = new Channel[spec.organization().channels()];
    counters = new MemoryCounters(channels.length);
    parts = new SlotParts(map, channels.length, spec.organization().columns());
    int burst = spec.timing().burst();
    Geometry geometry = new Geometry(spec.organization());
    TimingTable timing = new TimingTable(spec.timing());
    for (int c = 0; c < channels.length; c++) {
      CommandLog log = new CommandLog(c, geometry, burst, sink);
      channels[c] = new Channel(spec, map, geometry, timing, log, lowering, frontEnd);
    }
    // A sink hears every channel, and a shared front end makes a channel's number matter.
    cohorts = new Cohorts(channels, sink == CommandSink.NONE && frontEnd == null, joinInterval);
  }

  @Override
  public long now() {
    return now;
  }

  @Override
  public void submit(Transfer transfer, int firstSlot, int slots) {
    for (int slot = firstSlot; slot < firstSlot + slots; slot++) {
      check(transfer, slot);
      submit(transfer, slot);
    }
  }

  private void submit(Transfer transfer, int slot) {
    parts.cut(transfer.address(slot), transfer.bytes(slot));
    if (!parts.uniform()) {
      cohorts.part(parts);
    }
    for (int i = 0; i < cohorts.count(); i++) {
      int c = cohorts.leader(i);
      if (parts.accesses(c) > 0) {
        channels[c].submit(transfer, slot, parts.chunk(c), parts.column(c), parts.accesses(c), now);
      }
    }
  }

  private void check(Transfer transfer, int slot) {
    long address = transfer.address(slot);
    int bytes = transfer.bytes(slot);
    int access = spec.organization().accessBytes();
    if (transfer.fromCycle(slot) < now) {
      throw new IllegalArgumentException(
          "slot %d starts at cycle %d, it is cycle %d"
              .formatted(slot, transfer.fromCycle(slot), now));
    }
    if (address < 0 || bytes <= 0 || address > map.deviceBytes() - bytes) {
      throw new IllegalArgumentException(
          "slot %d of %d bytes at address %d lies outside the memory of %d bytes"
              .formatted(slot, bytes, address, map.deviceBytes()));
    }
    if (address % access != 0 || bytes % access != 0) {
      throw new IllegalArgumentException(
          "slot %d of %d bytes at address %d: both must be multiples of the access size, %d bytes"
              .formatted(slot, bytes, address, access));
    }
  }

  @Override
  public void submit(GemvBatch batch, long fromCycle) {
    if (lowering == null) {
      throw new UnsupportedOperationException("memory " + spec.name() + " has no PIM");
    }
    if (fromCycle < now) {
      throw new IllegalArgumentException(
          "the GEMVs start at cycle %d, it is cycle %d".formatted(fromCycle, now));
    }
    TileShape shape = new TileShape(spec.organization());
    for (int job = 0; job < batch.jobs(); job++) {
      Resident resident = batch.resident(job);
      int tokens = resident.sequenceTokens();
      long tiles =
          batch.kind() == GemvBatch.Kind.LOGIT
              ? shape.keyTiles(tokens, batch.shape())
              : shape.valueTiles(tokens, batch.shape());
      long first = batch.firstTile(job);
      if (first < 0 || first + tiles > spec.organization().rows()) {
        throw new IllegalArgumentException(
            "request %d: tiles %d to %d lie outside channel %d of %d tiles"
                .formatted(
                    resident.request(),
                    first,
                    first + tiles - 1,
                    resident.channel(),
                    spec.organization().rows()));
      }
      cohorts.part(resident.channel());
      channels[resident.channel()].submit(batch, job, fromCycle, now);
    }
  }

  /** The channels that are played at present; each of the others does what one of these does. */
  List<Channel> played() {
    return IntStream.range(0, cohorts.count()).mapToObj(i -> channels[cohorts.leader(i)]).toList();
  }

  @Override
  public void advance(long untilCycle) {
    if (frontEnd == null) {
      play(untilCycle);
      return;
    }
    while (now < untilCycle) {
      long end = Math.min(untilCycle, now + STRETCH);
      frontEnd.open(now, end);
      play(end);
    }
  }

  private void play(long until) {
    for (int i = 0; i < cohorts.count(); i++) {
      channels[cohorts.leader(i)].advance(until);
    }
    now = Math.max(now, until);
    cohorts.join(now);
  }

  @Override
  public long horizon(Completion kind) {
    long horizon = Long.MAX_VALUE;
    for (int i = 0; i < cohorts.count(); i++) {
      horizon = Math.min(horizon, channels[cohorts.leader(i)].horizon(kind, now));
    }
    return horizon;
  }

  @Override
  public long address(int channel, long channelByte) {
    return map.address(channel, channelByte);
  }

  @Override
  public MemoryCounters counters() {
    cohorts.catchUp();
    for (Channel channel : channels) {
      channel.log().report(counters);
    }
    return counters;
  }
}
