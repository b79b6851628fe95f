// SPDX-License-Identifier: Apache-2.0
package neupims.engine.micro;

import java.util.EnumMap;
import java.util.Map;
import neupims.api.hw.Command;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.program.Resident;
import neupims.api.run.GemvCase;
import neupims.api.run.MemoryAlone;
import neupims.api.run.MicroResult;
import neupims.api.run.StreamPattern;
import neupims.engine.check.CommandCheck;
import neupims.engine.check.Interrupts;

/** Channel 0 of one memory at work on its own. */
final class MemoryMicro {
  private static final int CHANNEL = 0;

  private final MemorySpec spec;
  private final MemoryModel model;
  private final CommandCheck check;
  private final MemorySession session;

  MemoryMicro(MemoryAlone memory, MemoryModel model) {
    spec = memory.spec();
    this.model = model;
    check = CommandCheck.of(memory.checkTiming(), spec);
    session = model.open(spec, check.sink());
  }

  MicroResult stream(StreamPattern pattern, int requests) {
    Transfer transfer = offer(pattern, requests);
    run();
    long cycles = transfer.lastDoneCycle();
    return new MicroResult(cycles, 0, cycles, commands());
  }

  MicroResult gemv(GemvCase work) {
    Transfer reads = work.reads() > 0 ? offer(StreamPattern.SEQ, work.reads()) : null;
    GemvBatch logit = work.logit() ? offer(GemvBatch.Kind.LOGIT, work, 0) : null;
    GemvBatch attend = work.attend() ? offer(GemvBatch.Kind.ATTEND, work, keyTiles(work)) : null;
    run();
    long pim = Math.max(last(logit), last(attend));
    long read = reads == null ? 0 : reads.lastDoneCycle();
    return new MicroResult(Math.max(pim, read), pim, read, commands());
  }

  /**
   * Reads that follow each other in a row are one slot, as nobody asks when each is done. Writes
   * are a slot each: a stream of them is over when the last has been accepted.
   */
  private Transfer offer(StreamPattern pattern, int requests) {
    Organization organization = spec.organization();
    int slots = pattern.writes() ? requests : requests / organization.columns() + 1;
    Transfer transfer = new Transfer(pattern.writes(), slots);
    int accesses;
    for (int i = 0; i < requests; i += accesses) {
      accesses = pattern.writes() ? 1 : pattern.inARow(organization, i);
      accesses = Math.min(accesses, requests - i);
      long address = session.address(CHANNEL, pattern.channelByte(organization, i));
      transfer.add(0, address, accesses * organization.accessBytes());
    }
    session.submit(transfer, 0, transfer.slots());
    return transfer;
  }

  /** The matrices lie in the middle of the channel, away from the rows that are read meanwhile. */
  private GemvBatch offer(GemvBatch.Kind kind, GemvCase work, long tilesBefore) {
    Resident resident = new Resident(0, CHANNEL, work.sequenceTokens());
    long firstTile = spec.organization().rows() / 2 + tilesBefore;
    GemvBatch batch =
        new GemvBatch(kind, work.shape(), new Resident[] {resident}, new long[] {firstTile});
    session.submit(batch, 0);
    return batch;
  }

  private long keyTiles(GemvCase work) {
    KvLayout layout = model.kvLayout(spec).orElseThrow();
    return work.logit() ? layout.keyTiles(work.sequenceTokens(), work.shape()) : 0;
  }

  private void run() {
    for (long next = session.horizon(); next != Long.MAX_VALUE; next = session.horizon()) {
      Interrupts.check();
      session.advance(next);
    }
    check.end(session.now());
  }

  private static long last(GemvBatch batch) {
    return batch == null ? 0 : batch.lastDoneCycle();
  }

  private Map<Command, Long> commands() {
    MemoryCounters counters = session.counters();
    Map<Command, Long> commands = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      commands.put(command, counters.commands(command));
    }
    return commands;
  }
}
