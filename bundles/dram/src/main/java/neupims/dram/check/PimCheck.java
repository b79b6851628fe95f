// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import neupims.api.hw.DramTiming;
import neupims.api.hw.PimSpec;

/** Checks the PIM commands that concern all banks of a channel. */
final class PimCheck {
  private final PimSpec pim;
  private final DramTiming timing;
  private final BankTrack[] banks;
  private IssuedCommand gwrite;
  private IssuedCommand compute;
  private IssuedCommand firstStep;
  private IssuedCommand result;
  private int steps;

  PimCheck(PimSpec pim, DramTiming timing, BankTrack[] banks) {
    this.pim = pim;
    this.timing = timing;
    this.banks = banks;
  }

  /** Cycles from a compute command to its last step's end, as far as it holds others back. */
  private long computing() {
    boolean holds = compute != null && pim.compositeCommands() && pim.computeHoldsRows();
    return holds ? (long) pim.computeInterval() * Math.max(steps, pim.minComputeSteps()) : 0;
  }

  void gwrite(IssuedCommand command, BankTrack bank, Gate gate) {
    gate.state("GWRITE of the open row", bank.mem.row == command.row(), bank.mem.activate);
    gate.after("tRCD", bank.mem.activate, timing.rcd());
    gate.after("tCCD_L", bank.read, timing.ccdL());
    gate.after("tWTR", bank.write, (long) timing.cwl() + timing.burst() + timing.wtrL());
    gate.after("GWRITE", gwrite, pim.gwriteTime());
    gate.after("compute to GWRITE", compute, computing() + pim.computeToGwrite());
    bank.gwrite = command;
    gwrite = command;
  }

  void compute(IssuedCommand command, int count, Gate gate) {
    for (BankTrack bank : banks) {
      gate.state("compute on the open row", bank.pim.row == command.row(), bank.pim.activate);
      gate.after("tRCD", bank.pim.activate, timing.rcd());
    }
    gate.after("GWRITE", gwrite, pim.gwriteTime());
    int interval = pim.computeInterval();
    gate.after("compute interval", result, interval);
    if (compute != null) {
      boolean composite = pim.compositeCommands();
      int fill = Math.max(steps, pim.minComputeSteps()) + 1;
      gate.after("compute interval", compute, composite ? (long) interval * fill : interval);
    }
    if (firstStep == null) {
      firstStep = command;
    }
    compute = command;
    steps = count;
  }

  void readResult(IssuedCommand command, Gate gate) {
    if (!pim.compositeCommands()) {
      gate.after("compute interval", compute, pim.computeInterval());
      gate.after("pipeline", firstStep, (long) pim.computeInterval() * pim.minComputeSteps());
      result = command;
    }
    firstStep = null;
  }

  void precharge(Gate gate) {
    if (pim == null) {
      return;
    }
    gate.after("compute to precharge", compute, computing() + pim.computeToPrecharge());
    gate.after("result to precharge", result, pim.computeToPrecharge());
  }

  void column(Gate gate) {
    if (pim != null && pim.compositeCommands()) {
      gate.after("compute to read", compute, pim.computeToRead());
    }
  }
}
