// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import neupims.api.hw.MemorySpec;
import neupims.api.hw.Transfer;
import neupims.api.run.StreamPattern;
import neupims.dram.check.TimingChecker;

/** A driven memory whose commands are kept and checked. */
final class Bench extends MemoryDriver {
  final Trace trace;
  final TimingChecker checker;

  Bench(MemorySpec spec) {
    this(spec, new Trace(), new TimingChecker(spec));
  }

  private Bench(MemorySpec spec, Trace trace, TimingChecker checker) {
    super(spec, trace.andThen(checker));
    this.trace = trace;
    this.checker = checker;
  }

  /** Runs until no work is under way; every command must have been legal. */
  Bench run() {
    runToEnd();
    checker.requireLegal(session.now());
    return this;
  }

  /** Runs a stream alone; cycles until its last access is done. */
  long streamCycles(StreamPattern pattern, int accesses) {
    Transfer transfer = stream(pattern, accesses);
    run();
    return transfer.lastDoneCycle();
  }
}
