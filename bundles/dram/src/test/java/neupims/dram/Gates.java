// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;
import neupims.api.hw.GemvBatch.Kind;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.PimSpec;
import neupims.api.run.StreamPattern;

/**
 * For each parameter work in which it alone decides how far two commands are apart. Writes drain at
 * once (writeDrainIdle 0), so that one write is enough. Banks 0 to 3 are a bank group, 0 to 15 a
 * rank.
 */
final class Gates {
  /**
   * One parameter's gate.
   *
   * @param parameter path of the parameter
   * @param spec the memory
   * @param expected cycles between the two commands, from the specification
   * @param work what is offered
   * @param measured cycles between the two commands, from the trace
   */
  record Gate(
      String parameter,
      MemorySpec spec,
      ToLongFunction<MemorySpec> expected,
      Consumer<Bench> work,
      ToLongFunction<Trace> measured) {

    /** The commands on a memory like this one, until written data has left the buffer, too. */
    Trace trace(MemorySpec on) {
      Bench bench = new Bench(on);
      work.accept(bench);
      bench.run();
      bench.session.advance(bench.session.now() + 200);
      bench.checker.requireLegal(bench.session.now());
      return bench.trace;
    }

    /** The distance on a memory like this one. */
    long distance(MemorySpec on) {
      return measured.applyAsLong(trace(on));
    }

    @Override
    public String toString() {
      return parameter + " of " + spec.name();
    }
  }

  private static final boolean READ = false;
  private static final boolean WRITE = true;

  private Gates() {}

  private static MemorySpec eager(MemorySpec spec) {
    return Changed.plus(spec, "controller.writeDrainIdle", -spec.controller().writeDrainIdle());
  }

  private static Gate dram(
      String name,
      ToLongFunction<DramTiming> expected,
      Consumer<Bench> work,
      ToLongFunction<Trace> measured) {
    return new Gate(
        "timing." + name,
        eager(Memories.hbm2()),
        spec -> expected.applyAsLong(spec.timing()),
        work,
        measured);
  }

  private static Gate pim(
      String name,
      MemorySpec spec,
      ToLongFunction<PimSpec> expected,
      Consumer<Bench> work,
      ToLongFunction<Trace> measured) {
    return new Gate(
        "pim." + name, spec, s -> expected.applyAsLong(s.pim().orElseThrow()), work, measured);
  }

  /** Reads of column 0 of row 0 of some banks, offered together. */
  private static Consumer<Bench> reads(int... banks) {
    return bench -> {
      for (int bank : banks) {
        bench.access(READ, 0, bank, 0, 0);
      }
    };
  }

  /** Reads of two rows of a bank. */
  private static void twoRows(Bench bench) {
    bench.access(READ, 0, 0, 0, 0);
    bench.access(READ, 0, 0, 1, 0);
  }

  /** A write to row 0 of bank 0, then before it is issued a read. */
  private static Consumer<Bench> writeThenRead(int bank, int row) {
    return bench -> {
      bench.access(WRITE, 0, 0, 0, 0);
      bench.access(READ, 5, bank, row, 1);
    };
  }

  /** Gates of a plain memory. */
  static Stream<Gate> dram() {
    return Stream.of(
        dram("rcd", t -> t.rcd(), reads(0), t -> t.toNext(Command.ACT, 0, Command.RD)),
        dram("rp", t -> t.rp(), Gates::twoRows, t -> t.toNext(Command.PRE, 0, Command.ACT)),
        dram("ras", t -> t.ras(), Gates::twoRows, t -> t.toNext(Command.ACT, 0, Command.PRE)),
        dram("rrdS", t -> t.rrdS(), reads(0, 4), t -> t.toNext(Command.ACT, 0, Command.ACT)),
        dram("rrdL", t -> t.rrdL(), reads(0, 1), t -> t.toNext(Command.ACT, 0, Command.ACT)),
        dram(
            "faw",
            t -> t.faw(),
            reads(0, 4, 8, 12, 1),
            t -> t.cycle(Command.ACT, 4) - t.cycle(Command.ACT, 0)),
        dram("burst", t -> t.burst(), Gates::rowHits, t -> t.toNext(Command.RD, 0, Command.RD)),
        dram("ccdL", t -> t.ccdL(), Gates::rowHits, t -> t.toNext(Command.RD, 0, Command.RD)),
        dram(
            "rtrs",
            t -> t.burst() + t.rtrs(),
            reads(0, 16),
            t -> t.toNext(Command.RD, 0, Command.RD)),
        dram(
            "rtpL",
            t -> t.rtpL(),
            Gates::lateHitThenMiss,
            t -> t.toNext(Command.RD, 1, Command.PRE)),
        dram(
            "wr",
            t -> t.cwl() + t.burst() + t.wr(),
            writeThenRead(0, 1),
            t -> t.toNext(Command.WR, 0, Command.PRE)),
        dram(
            "wtrL",
            t -> t.cwl() + t.burst() + t.wtrL(),
            writeThenRead(0, 0),
            t -> t.toNext(Command.WR, 0, Command.RD)),
        dram(
            "wtrS",
            t -> t.cwl() + t.burst() + t.wtrS(),
            writeThenRead(4, 0),
            t -> t.toNext(Command.WR, 0, Command.RD)),
        dram(
            "cwl",
            t -> t.cwl() + t.burst() + t.wtrL(),
            writeThenRead(0, 0),
            t -> t.toNext(Command.WR, 0, Command.RD)),
        dram(
            "cl",
            t -> t.cl() + t.burst() - t.cwl() + t.rtrs(),
            Gates::openThenReadAndWrite,
            t -> t.toNext(Command.RD, 1, Command.WR)),
        dram(
            "rfc",
            t -> t.rfc(),
            bench -> bench.access(READ, bench.spec.timing().refi() / 2 + 10, 0, 0, 0),
            t -> t.toNext(Command.REF, 0, Command.ACT)));
  }

  private static void rowHits(Bench bench) {
    bench.access(READ, 0, 0, 0, 0);
    bench.access(READ, 0, 0, 0, 1);
  }

  /** Long after its activate a hit, with a miss behind it. */
  private static void lateHitThenMiss(Bench bench) {
    bench.access(READ, 0, 0, 0, 0);
    bench.access(READ, 100, 0, 0, 1);
    bench.access(READ, 100, 0, 1, 0);
  }

  /** In an open row a read and, as soon as that has left for its bank, a write. */
  private static void openThenReadAndWrite(Bench bench) {
    bench.access(READ, 0, 0, 0, 0);
    bench.access(READ, 100, 0, 0, 1);
    bench.access(WRITE, 101, 0, 0, 2);
  }

  /** Gates of PIMs. */
  static Stream<Gate> pim() {
    MemorySpec neupims = Memories.neupims();
    MemorySpec newton = Memories.newton();
    return Stream.of(
        new Gate(
            "timing.faw",
            neupims,
            s -> s.timing().faw(),
            bench -> bench.gemv(Kind.LOGIT, 32, 4, 64),
            t -> t.cycle(Command.PIM_ACT, 2) - t.cycle(Command.PIM_ACT, 0)),
        new Gate(
            "timing.rcd",
            neupims,
            s -> s.timing().rcd(),
            bench -> bench.gemv(Kind.LOGIT, 32, 4, 64),
            t -> t.toNext(Command.PIM_ACT, 7, Command.PIM_COMP)),
        pim(
            "computeInterval",
            neupims,
            p -> (p.minComputeSteps() + 1L) * p.computeInterval(),
            bench -> bench.gemv(Kind.LOGIT, 32, 4, 64),
            t -> t.toNext(Command.PIM_COMP, 0, Command.PIM_COMP)),
        pim(
            "computeInterval",
            neupims,
            p -> (128 / 16 + 1L) * p.computeInterval(),
            bench -> bench.gemv(Kind.LOGIT, 32, 4, 128),
            t -> t.toNext(Command.PIM_COMP, 0, Command.PIM_COMP)),
        pim(
            "minComputeSteps",
            neupims,
            p -> (p.minComputeSteps() + 1L) * p.computeInterval(),
            bench -> bench.gemv(Kind.LOGIT, 32, 4, 64),
            t -> t.toNext(Command.PIM_COMP, 0, Command.PIM_COMP)),
        pim(
            "computeInterval",
            newton,
            p -> p.computeInterval(),
            bench -> bench.gemv(Kind.LOGIT, 32, 1, 128),
            t -> t.toNext(Command.PIM_COMP, 0, Command.PIM_COMP)),
        pim(
            "minComputeSteps",
            newton,
            p -> (long) p.minComputeSteps() * p.computeInterval(),
            bench -> bench.gemv(Kind.LOGIT, 32, 1, 16),
            t -> t.toNext(Command.PIM_COMP, 0, Command.PIM_RDRES)),
        pim(
            "computeToPrecharge",
            neupims,
            p -> 8L * p.computeInterval() + p.computeToPrecharge(),
            bench -> bench.gemv(Kind.LOGIT, 64, 1, 128),
            t -> t.toNext(Command.PIM_COMP, 0, Command.PIM_PRE)),
        pim(
            "computeToPrecharge",
            newton,
            p -> p.computeToPrecharge(),
            bench -> bench.gemv(Kind.LOGIT, 64, 1, 128),
            t -> t.toNext(Command.PIM_RDRES, 0, Command.PRE)),
        pim(
            "computeToGwrite",
            neupims,
            p -> 8L * p.computeInterval() + p.computeToGwrite(),
            bench -> bench.gemv(Kind.LOGIT, 32, 5, 128),
            t -> t.toNext(Command.PIM_COMP, 3, Command.GWRITE)),
        pim(
            "computeToRead",
            Memories.referenceNeupims(),
            p -> p.computeToRead(),
            Gates::gemvBesideReads,
            t -> t.toNext(Command.PIM_COMP, 0, Command.RD)),
        pim(
            "gwriteTime",
            neupims,
            p -> p.gwriteTime(),
            Gates::gwriteThenRead,
            t -> t.toNext(Command.GWRITE, 0, Command.RD)),
        pim(
            "bufferToBuffer",
            Changed.plus(neupims, "pim.bufferToBuffer", 150),
            p -> p.bufferToBuffer(),
            Gates::readOfBankUnderActivate,
            t -> t.cycle(Command.ACT, 1) - t.cycle(Command.PIM_ACT, 0)));
  }

  private static void gemvBesideReads(Bench bench) {
    bench.stream(StreamPattern.SEQ, 512);
    bench.gemv(Kind.LOGIT, 32, 1, 128);
  }

  /** So late that the GWRITE fits before the refresh of cycle 1950 and the tile does not. */
  private static void gwriteThenRead(Bench bench) {
    bench.gemv(Kind.LOGIT, 32, 1, 128, Bench.FIRST_TILE, 1815);
    int operandBank = bench.spec.pim().orElseThrow().operandBank();
    bench.access(READ, 1850, operandBank, bench.spec.organization().rows() - 1, 0);
  }

  /**
   * Bank 0 is in the first group activate, which follows the GWRITE. At its own 6 cycles the
   * parameter binds nowhere: tFAW is longer, and a tile takes four windows of it one after another.
   */
  private static void readOfBankUnderActivate(Bench bench) {
    bench.gemv(Kind.LOGIT, 32, 1, 128);
    bench.access(READ, 120, 0, 7, 0);
  }
}
