// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.KvLayout;
import neupims.api.hw.MemoryModel;
import neupims.api.hw.MemorySession;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/**
 * What every {@link MemoryModel} must do, under random reads, writes and, where it can, GEMVs.
 *
 * @param specs memories to try it on; those that it refuses are left out, but not all may be
 */
public record MemoryProperties(List<MemorySpec> specs) {
  private static final int SEEDS = 6;
  private static final long STRIDE = 1000;
  private static final AttentionShape SHAPE = AttentionShape.multiHead(8, 128);

  /** Looks at a memory that has done its work. */
  @FunctionalInterface
  private interface TrialCheck {
    void check(MemoryTrial trial, MemorySpec spec, MemoryWork work);
  }

  public MemoryProperties {
    specs = List.copyOf(specs);
  }

  /** The properties. */
  public List<Property<MemoryModel>> all() {
    return List.of(
        new Property<>(
            "timing legality",
            "every command keeps to the timing, the banks' states and the PIM's rules",
            fresh -> tried(fresh, this::legal)),
        new Property<>(
            "refresh",
            "no rank goes without a refresh for longer than nine intervals, busy or idle",
            fresh -> tried(fresh, RefreshCheck::check)),
        new Property<>(
            "work conservation",
            "all work is done in the end, and the data bus carries every byte of it once",
            fresh -> tried(fresh, this::conserves)),
        new Property<>(
            "peak bandwidth",
            "data is no faster than the bus",
            fresh -> tried(fresh, this::withinPeak)),
        new Property<>(
            "causality",
            "a completion is known before it happens, and none lies before the horizon",
            fresh -> tried(fresh, (trial, spec, work) -> known(trial))),
        new Property<>(
            "commands reported",
            "the sink hears every command that is counted, and no other",
            fresh -> tried(fresh, this::reported)),
        new Property<>(
            "time steps do not matter",
            "commands and completions are the same however far each advance goes",
            this::strides),
        new Property<>(
            "determinism", "the same work gives the same commands, in every session", this::again),
        new Property<>(
            "addresses",
            "every byte of every channel has an address of its own within the memory",
            this::addresses),
        new Property<>(
            "KV layout",
            "a memory that runs GEMVs says where the KV cache goes, a longer request takes no less,"
                + " and one that does not refuses them",
            this::layout),
        new Property<>(
            "refusals",
            "work that starts in the past or lies outside the memory is refused",
            this::refusals));
  }

  private List<MemorySpec> accepted(MemoryModel model) {
    List<MemorySpec> accepted = new ArrayList<>();
    String refusal = "";
    for (MemorySpec spec : specs) {
      try {
        model.open(spec, CommandSink.NONE);
        accepted.add(spec);
      } catch (IllegalArgumentException e) {
        refusal = e.getMessage();
      }
    }
    Expect.that(!accepted.isEmpty(), "it refuses all " + specs.size() + " memories: " + refusal);
    return accepted;
  }

  private String tried(Supplier<MemoryModel> fresh, TrialCheck check) {
    MemoryModel model = fresh.get();
    List<MemorySpec> accepted = accepted(model);
    for (MemorySpec spec : accepted) {
      for (int seed = 0; seed < SEEDS; seed++) {
        MemoryWork work = work(model, spec, seed);
        check.check(MemoryTrial.of(model, spec, work, STRIDE), spec, work);
      }
    }
    return said(accepted);
  }

  private static String said(List<MemorySpec> accepted) {
    return SEEDS + " workloads on " + accepted.stream().map(MemorySpec::name).toList();
  }

  private static MemoryWork work(MemoryModel model, MemorySpec spec, long seed) {
    return MemoryWork.random(spec, model.capabilities(spec).gemv(), seed);
  }

  private void legal(MemoryTrial trial, MemorySpec spec, MemoryWork work) {
    Expect.that(trial.checker().commands() > 0, "no command was heard" + trial.in());
    trial.checker().firstViolation().ifPresent(v -> Expect.that(false, v + trial.in()));
  }

  private void conserves(MemoryTrial trial, MemorySpec spec, MemoryWork work) {
    trial.requireDone();
    int buffered =
        spec.controller().writeQueue()
            + spec.organization().banks() * spec.controller().bankQueue();
    for (int c = 0; c < spec.organization().channels(); c++) {
      String where = " of channel " + c + trial.in();
      long reads = trial.counted(c).getOrDefault(Command.RD, 0L);
      Expect.equal(work.accesses(MemoryWork.Kind.READ, c), reads, "reads" + where);
      long asked = work.accesses(MemoryWork.Kind.WRITE, c);
      long writes = trial.counted(c).getOrDefault(Command.WR, 0L);
      Expect.that(
          writes <= asked && writes >= asked - buffered,
          "%d writes%s, %d were asked for and %d can be buffered"
              .formatted(writes, where, asked, buffered));
    }
  }

  private void withinPeak(MemoryTrial trial, MemorySpec spec, MemoryWork work) {
    for (MemoryWork.Submitted one : trial.submitted()) {
      MemoryWork.Piece piece = one.piece();
      long least = piece.cycle() + (long) piece.size() * spec.timing().burst();
      long last = LongStream.of(one.doneCycles()).max().orElse(Long.MAX_VALUE);
      Expect.that(
          piece.kind() != MemoryWork.Kind.READ || last < 0 || last >= least,
          () ->
              "%s of %d cycles on the bus each is done at cycle %d%s"
                  .formatted(piece, spec.timing().burst(), last, trial.in()));
    }
  }

  private static void known(MemoryTrial trial) {
    Expect.that(trial.early() == null, () -> trial.early() + trial.in());
  }

  private void reported(MemoryTrial trial, MemorySpec spec, MemoryWork work) {
    for (int c = 0; c < spec.organization().channels(); c++) {
      for (Command command : Command.values()) {
        Expect.equal(
            trial.counters().commands(c, command),
            (long) trial.counted(c).getOrDefault(command, 0L),
            command + " that channel " + c + " counted and reported" + trial.in());
      }
    }
  }

  private String strides(Supplier<MemoryModel> fresh) {
    MemoryModel model = fresh.get();
    List<MemorySpec> accepted = accepted(model);
    for (MemorySpec spec : accepted) {
      for (int seed = 0; seed < SEEDS; seed++) {
        MemoryWork work = work(model, spec, seed);
        MemoryTrial expected = MemoryTrial.of(model, spec, work, Long.MAX_VALUE);
        for (long stride : new long[] {seed == 0 ? 1 : 13, 1000}) {
          same(expected, MemoryTrial.of(model, spec, work, stride), "in steps of " + stride);
        }
      }
    }
    return said(accepted) + ", in steps of 1, 13, 1000 and any cycles";
  }

  private String again(Supplier<MemoryModel> fresh) {
    MemoryModel model = fresh.get();
    List<MemorySpec> accepted = accepted(model);
    for (MemorySpec spec : accepted) {
      for (int seed = 0; seed < SEEDS; seed++) {
        MemoryWork work = work(model, spec, seed);
        MemoryTrial expected = MemoryTrial.of(model, spec, work, STRIDE);
        same(expected, MemoryTrial.of(model, spec, work, STRIDE), "once more");
        same(expected, MemoryTrial.of(fresh.get(), spec, work, STRIDE), "by a new instance");
      }
    }
    return said(accepted) + ", three times each";
  }

  private static void same(MemoryTrial expected, MemoryTrial other, String how) {
    Expect.equal(expected.doneCycles(), other.doneCycles(), "completions " + how + other.in());
    long end = Math.min(expected.end(), other.end());
    List<MemoryTrial.Heard> first = expected.commandsBefore(end);
    List<MemoryTrial.Heard> second = other.commandsBefore(end);
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      Expect.equal(first.get(i), second.get(i), "command " + i + " " + how + other.in());
    }
    Expect.equal(first.size(), second.size(), "commands " + how + other.in());
  }

  private String addresses(Supplier<MemoryModel> fresh) {
    MemoryModel model = fresh.get();
    List<MemorySpec> accepted = accepted(model);
    for (MemorySpec spec : accepted) {
      MemorySession session = model.open(spec, CommandSink.NONE);
      Organization o = spec.organization();
      Set<Long> seen = new HashSet<>();
      for (int c = 0; c < o.channels(); c++) {
        for (int i = 0; i < 4096; i++) {
          // From the first byte and from the last.
          long at = (long) (i / 2) * o.accessBytes();
          long channelByte = i % 2 == 0 ? at : o.channelBytes() - o.accessBytes() - at;
          long address = session.address(c, channelByte);
          String what = "address %d of byte %d of channel %d".formatted(address, channelByte, c);
          Expect.that(
              address >= 0 && address <= o.bytes() - o.accessBytes(),
              what + " is outside the memory");
          Expect.equal(0, address % o.accessBytes(), what + ", byte of an access");
          Expect.that(seen.add(address), what + " is another byte's, too");
        }
      }
    }
    return "4096 accesses of every channel";
  }

  private String layout(Supplier<MemoryModel> fresh) {
    MemoryModel model = fresh.get();
    for (MemorySpec spec : accepted(model)) {
      boolean gemv = model.capabilities(spec).gemv();
      Expect.equal(gemv, model.kvLayout(spec).isPresent(), "KV layout is there, " + spec.name());
      if (gemv) {
        growing(model.kvLayout(spec).orElseThrow(), spec.name());
        continue;
      }
      MemorySession session = model.open(spec, CommandSink.NONE);
      Resident[] one = {new Resident(0, 0, 10)};
      GemvBatch batch = new GemvBatch(GemvBatch.Kind.LOGIT, SHAPE, one, new long[1]);
      Expect.refused(
          UnsupportedOperationException.class,
          () -> session.submit(batch, 0),
          "a GEMV without a PIM");
    }
    return "1 to " + Cases.MAX_TOKENS + " tokens";
  }

  private static void growing(KvLayout layout, String name) {
    Expect.that(layout.tileBytes() > 0, "a tile of no bytes, " + name);
    Expect.that(
        layout.keyPageTokens(SHAPE) > 0 && layout.valuePageTokens(SHAPE) > 0,
        "a page of no tokens, " + name);
    long before = 0;
    for (int tokens = 1; tokens <= Cases.MAX_TOKENS; tokens++) {
      long tiles = layout.keyTiles(tokens, SHAPE) + layout.valueTiles(tokens, SHAPE);
      long bytes = 2L * tokens * SHAPE.tokenBytes();
      String what = "%d tokens take %d tiles, %s".formatted(tokens, tiles, name);
      Expect.that(tiles >= before, what + ", one less takes more");
      Expect.that(tiles * layout.tileBytes() >= bytes, what + ": less than their bytes");
      before = tiles;
    }
  }

  private String refusals(Supplier<MemoryModel> fresh) {
    MemoryModel model = fresh.get();
    for (MemorySpec spec : accepted(model)) {
      MemorySession session = model.open(spec, CommandSink.NONE);
      session.advance(100);
      int bytes = spec.organization().accessBytes();
      refused(session, 99, 0, bytes, "a read that starts in the past, " + spec.name());
      long end = spec.organization().bytes();
      refused(session, 100, end, bytes, "a read behind the memory's end, " + spec.name());
    }
    return "two reads";
  }

  private static void refused(
      MemorySession session, long from, long address, int bytes, String what) {
    Transfer transfer = new Transfer(false, 1);
    transfer.add(from, address, bytes);
    Expect.refused(IllegalArgumentException.class, () -> session.submit(transfer, 0, 1), what);
  }
}
