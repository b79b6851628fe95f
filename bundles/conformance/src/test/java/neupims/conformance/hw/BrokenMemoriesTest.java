// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.Completion;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.conformance.Broken;
import neupims.conformance.Contracts;
import neupims.dram.DramMemory;
import org.junit.jupiter.api.Test;

/** A plain memory on the channel engine, and what is said when something is wrong with it. */
final class BrokenMemoriesTest {
  private final AtomicInteger sessions = new AtomicInteger();

  /** A plain memory whose commands are reported through, and whose session is wrapped in, more. */
  private record Plain(UnaryOperator<CommandSink> sinks, UnaryOperator<MemorySession> sessions)
      implements MemoryModel {
    @Override
    public MemoryCapabilities capabilities(MemorySpec spec) {
      return new MemoryCapabilities(false, false);
    }

    @Override
    public Optional<KvLayout> kvLayout(MemorySpec spec) {
      return Optional.empty();
    }

    @Override
    public MemorySession open(MemorySpec spec, CommandSink sink) {
      return sessions.apply(DramMemory.open(spec, sinks.apply(sink)));
    }
  }

  /** Passes everything on. */
  private static class Wrapped implements MemorySession {
    final MemorySession of;

    Wrapped(MemorySession of) {
      this.of = of;
    }

    @Override
    public long now() {
      return of.now();
    }

    @Override
    public void submit(Transfer transfer, int firstSlot, int slots) {
      of.submit(transfer, firstSlot, slots);
    }

    @Override
    public void submit(GemvBatch batch, long fromCycle) {
      of.submit(batch, fromCycle);
    }

    @Override
    public void advance(long untilCycle) {
      of.advance(untilCycle);
    }

    @Override
    public long horizon(Completion kind) {
      return of.horizon(kind);
    }

    @Override
    public long address(int channel, long channelByte) {
      return of.address(channel, channelByte);
    }

    @Override
    public MemoryCounters counters() {
      return of.counters();
    }
  }

  /** Completes reads a cycle after they are offered. */
  private static final class AtOnce extends Wrapped {
    AtOnce(MemorySession of) {
      super(of);
    }

    @Override
    public void submit(Transfer transfer, int firstSlot, int slots) {
      for (int slot = firstSlot; slot < firstSlot + slots; slot++) {
        transfer.complete(slot, transfer.bytes(slot), transfer.fromCycle(slot) + 1);
      }
    }
  }

  /** Loses every other slot. */
  private static final class Losing extends Wrapped {
    Losing(MemorySession of) {
      super(of);
    }

    @Override
    public void submit(Transfer transfer, int firstSlot, int slots) {
      for (int slot = firstSlot; slot < firstSlot + slots; slot += 2) {
        of.submit(transfer, slot, 1);
      }
    }
  }

  /** Sees further than it can. */
  private static final class Optimist extends Wrapped {
    Optimist(MemorySession of) {
      super(of);
    }

    @Override
    public long horizon(Completion kind) {
      long horizon = of.horizon(kind);
      return horizon == Long.MAX_VALUE ? horizon : horizon + 500;
    }
  }

  /** Has one channel's addresses for all. */
  private static final class OneChannel extends Wrapped {
    OneChannel(MemorySession of) {
      super(of);
    }

    @Override
    public long address(int channel, long channelByte) {
      return of.address(0, channelByte);
    }
  }

  /** Takes everything. */
  private static final class Patient extends Wrapped {
    Patient(MemorySession of) {
      super(of);
    }

    @Override
    public void submit(Transfer transfer, int firstSlot, int slots) {
      try {
        of.submit(transfer, firstSlot, slots);
      } catch (IllegalArgumentException refused) {
        return;
      }
    }
  }

  /** Reports the number of advances in place of the column. */
  private static MemoryModel countingAdvances() {
    AtomicInteger advances = new AtomicInteger();
    return new Plain(
        sink ->
            (cycle, channel, command, rank, group, bank, row, argument) ->
                sink.command(cycle, channel, command, rank, group, bank, row, advances.get()),
        session -> {
          advances.set(0);
          return new Wrapped(session) {
            @Override
            public void advance(long untilCycle) {
              advances.incrementAndGet();
              of.advance(untilCycle);
            }
          };
        });
  }

  private static MemoryModel sessions(UnaryOperator<MemorySession> wrap) {
    return new Plain(UnaryOperator.identity(), wrap);
  }

  private static MemoryModel sinks(UnaryOperator<CommandSink> wrap) {
    return new Plain(wrap, UnaryOperator.identity());
  }

  private static CommandSink early(CommandSink sink) {
    return (cycle, channel, command, rank, group, bank, row, argument) -> {
      long issued = command == Command.RD ? cycle - 1 : cycle;
      sink.command(issued, channel, command, rank, group, bank, row, argument);
    };
  }

  private static CommandSink without(Command left, CommandSink sink) {
    return (cycle, channel, command, rank, group, bank, row, argument) -> {
      if (command != left) {
        sink.command(cycle, channel, command, rank, group, bank, row, argument);
      }
    };
  }

  private CommandSink numbered(CommandSink sink) {
    int session = sessions.incrementAndGet();
    return (cycle, channel, command, rank, group, bank, row, argument) ->
        sink.command(cycle, channel, command, rank, group, bank, row, argument + session);
  }

  /** Says that it runs GEMVs and not where the KV cache goes. */
  private static final class Boasting implements MemoryModel {
    @Override
    public MemoryCapabilities capabilities(MemorySpec spec) {
      return new MemoryCapabilities(true, true);
    }

    @Override
    public Optional<KvLayout> kvLayout(MemorySpec spec) {
      return Optional.empty();
    }

    @Override
    public MemorySession open(MemorySpec spec, CommandSink sink) {
      return DramMemory.open(spec, sink);
    }
  }

  @Test
  void everyPropertyCanFail() {
    MemoryModel good = sessions(UnaryOperator.identity());
    Broken.assertHold(Contracts.memory(List.of()), () -> good);
    new Broken<MemoryModel>()
        .add("timing legality", "legal from cycle", () -> sinks(BrokenMemoriesTest::early))
        .add("refresh", "has no refresh", () -> sinks(sink -> without(Command.REF, sink)))
        .add("work conservation", "not done", () -> sessions(Losing::new))
        .add("peak bandwidth", "cycles on the bus each", () -> sessions(AtOnce::new))
        .add("causality", "the horizon at cycle", () -> sessions(Optimist::new))
        .add("commands reported", "PRE that channel", () -> sinks(s -> without(Command.PRE, s)))
        .add("time steps do not matter", "command", BrokenMemoriesTest::countingAdvances)
        .add("determinism", "once more", () -> sinks(this::numbered))
        .add("addresses", "is another byte's, too", () -> sessions(OneChannel::new))
        .add("KV layout", "KV layout is there", Boasting::new)
        .add("refusals", "is not refused", () -> sessions(Patient::new))
        .assertEachIsFound(() -> Contracts.memory(List.of()));
  }
}
