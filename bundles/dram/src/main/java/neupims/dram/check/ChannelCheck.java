// SPDX-License-Identifier: Apache-2.0
package neupims.dram.check;

import neupims.api.hw.Command;
import neupims.api.hw.DramTiming;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;

/** Checks the commands of one channel, in order. */
final class ChannelCheck {
  /** A refresh may be late by eight intervals, JEDEC JESD235. */
  private static final int POSTPONED = 8;

  private final Organization organization;
  private final DramTiming timing;
  private final PimSpec pim;
  private final PimCheck pimCheck;
  private final TileCheck tileCheck;
  private final BankTrack[] banks;
  private final RankTrack[] ranks;
  private final BusTrack bus;
  private IssuedCommand last;

  ChannelCheck(MemorySpec spec) {
    organization = spec.organization();
    timing = spec.timing();
    pim = spec.pim().orElse(null);
    banks = new BankTrack[organization.banks()];
    for (int b = 0; b < banks.length; b++) {
      banks[b] = new BankTrack(pim != null && pim.dualRowBuffer());
    }
    ranks = new RankTrack[organization.ranks()];
    for (int r = 0; r < ranks.length; r++) {
      ranks[r] = new RankTrack(organization.bankGroups());
    }
    bus = new BusTrack(timing);
    pimCheck = new PimCheck(pim, timing, banks);
    tileCheck = pim == null ? null : new TileCheck(pim, banks);
  }

  private int bank(IssuedCommand command) {
    int group = command.rank() * organization.bankGroups() + command.bankGroup();
    return group * organization.banksPerGroup() + command.bank();
  }

  /** Checks a command and takes it in; returns its violation or null. */
  Violation check(IssuedCommand command, int argument) {
    Gate gate = new Gate(command);
    if (last != null) {
      boolean sameCommand =
          command.command() == Command.PIM_RDRES && last.command() == Command.PIM_COMP;
      gate.after("one command a cycle", last, sameCommand ? 0 : 1);
    }
    last = command;
    if (pim != null) {
      checkTile(command, gate);
    }
    switch (command.command()) {
      case ACT -> activate(command, gate);
      case PRE -> precharge(command, gate);
      case RD, WR -> column(command, gate);
      case REF -> refresh(command, gate);
      default -> checkPim(command, argument, gate);
    }
    return gate.violation();
  }

  private void checkPim(IssuedCommand command, int argument, Gate gate) {
    if (pim == null) {
      gate.state("PIM command to a memory without a PIM", false, null);
      return;
    }
    switch (command.command()) {
      case PIM_ACT -> groupActivate(command, argument, gate);
      case PIM_PRE -> pimPrecharge(command, gate);
      case GWRITE -> pimCheck.gwrite(command, banks[bank(command)], gate);
      case PIM_COMP -> pimCheck.compute(command, argument, gate);
      case PIM_RDRES -> pimCheck.readResult(command, gate);
      case PIM_HEADER -> {} // the tile's rules are all that it has
      default -> throw new IllegalArgumentException(command.toString());
    }
  }

  private void checkTile(IssuedCommand command, Gate gate) {
    switch (command.command()) {
      case ACT -> tileCheck.activate(command, gate);
      case RD, WR -> tileCheck.column(command);
      case GWRITE -> tileCheck.gwrite(command);
      case PIM_HEADER -> tileCheck.header(command, gate);
      case PIM_ACT, PIM_RDRES -> tileCheck.step(gate);
      case PIM_COMP -> tileCheck.compute(gate);
      default -> {} // precharges and refreshes may come at any time
    }
  }

  private void activate(IssuedCommand command, Gate gate) {
    BankTrack bank = banks[bank(command)];
    toRow(command, bank.mem, gate);
    if (bank.pim != bank.mem) {
      gate.state("same row in both row buffers", bank.pim.row != command.row(), bank.pim.activate);
      gate.after("row buffer to row buffer", bank.pim.activate, pim.bufferToBuffer());
    }
    inRank(command, gate);
    bank.mem.open(command);
    ranks[command.rank()].activated(command);
  }

  private void toRow(IssuedCommand command, RowBuffer buffer, Gate gate) {
    gate.state("activate of an open bank", !buffer.isOpen(), buffer.activate);
    gate.after("tRC", buffer.activate, timing.rc());
    gate.after("tRP", buffer.precharge, timing.rp());
  }

  private void inRank(IssuedCommand command, Gate gate) {
    RankTrack rank = ranks[command.rank()];
    gate.after("tRFC", rank.refresh, timing.rfc());
    gate.after("tRRD_L", rank.activateOfGroup[command.bankGroup()], timing.rrdL());
    if (!rank.activates.isEmpty()) {
      gate.after("tRRD_S", rank.activates.getLast(), timing.rrdS());
    }
    if (rank.activates.size() == 4) {
      gate.after("tFAW", rank.activates.getFirst(), timing.faw());
    }
  }

  /** Whole bank groups are named by the command; of a part the argument names the first bank. */
  private int firstBank(IssuedCommand command, int argument) {
    int perGroup = organization.banksPerGroup();
    int group = command.rank() * organization.bankGroups() + command.bankGroup();
    return pim.banksPerActivate() % perGroup == 0 ? group * perGroup : argument;
  }

  private void groupActivate(IssuedCommand command, int argument, Gate gate) {
    RankTrack rank = ranks[command.rank()];
    int count = pim.banksPerActivate();
    int firstBank = firstBank(command, argument);
    gate.after("tRFC", rank.refresh, timing.rfc());
    int window = 0;
    for (IssuedCommand before : rank.activates) {
      if (window++ < rank.activates.size() + count - 4) {
        gate.after("tFAW", before, timing.faw());
      }
      boolean sameGroup = before.bankGroup() == command.bankGroup();
      gate.after("tRRD", before, sameGroup ? timing.rrdL() : timing.rrdS());
    }
    for (int b = firstBank; b < firstBank + count; b++) {
      BankTrack bank = banks[b];
      toRow(command, bank.pim, gate);
      if (bank.pim != bank.mem) {
        gate.state(
            "same row in both row buffers", bank.mem.row != command.row(), bank.mem.activate);
        gate.after("row buffer to row buffer", bank.mem.activate, pim.bufferToBuffer());
      }
      bank.pim.open(command);
      rank.activated(command);
    }
  }

  private void precharge(IssuedCommand command, Gate gate) {
    BankTrack bank = banks[bank(command)];
    gate.state("precharge of a closed bank", bank.mem.isOpen(), bank.mem.precharge);
    gate.after("tRAS", bank.mem.activate, timing.ras());
    gate.after("tRTP", bank.read, timing.rtpL());
    gate.after("tWR", bank.write, timing.cwl() + timing.burst() + timing.wr());
    if (pim != null) {
      gate.after("GWRITE", bank.gwrite, pim.gwriteTime());
    }
    if (bank.pim == bank.mem) {
      pimCheck.precharge(gate);
    }
    bank.mem.close(command);
    ranks[command.rank()].precharge = command;
  }

  private void pimPrecharge(IssuedCommand command, Gate gate) {
    RowBuffer buffer = banks[bank(command)].pim;
    gate.state("precharge of a closed bank", buffer.isOpen(), buffer.precharge);
    gate.after("tRAS", buffer.activate, timing.ras());
    pimCheck.precharge(gate);
    buffer.close(command);
    ranks[command.rank()].precharge = command;
  }

  private void column(IssuedCommand command, Gate gate) {
    BankTrack bank = banks[bank(command)];
    gate.state("column of the open row", bank.mem.row == command.row(), bank.mem.activate);
    gate.after("tRCD", bank.mem.activate, timing.rcd());
    if (pim != null) {
      gate.after("GWRITE", bank.gwrite, pim.gwriteTime());
      pimCheck.column(gate);
    }
    boolean read = command.command() == Command.RD;
    RankTrack rank = ranks[command.rank()];
    for (int g = 0; g < organization.bankGroups(); g++) {
      boolean same = g == command.bankGroup();
      String ccd = same ? "tCCD_L" : "tCCD_S";
      int gap = same ? timing.ccdL() : timing.ccdS();
      gate.after(ccd, rank.readOfGroup[g], gap);
      gate.after(ccd, rank.writeOfGroup[g], gap);
      if (read) {
        int wtr = same ? timing.wtrL() : timing.wtrS();
        gate.after("tWTR", rank.writeOfGroup[g], timing.cwl() + timing.burst() + wtr);
      }
    }
    bus.check(command, gate);
    if (read) {
      bank.read = command;
      rank.readOfGroup[command.bankGroup()] = command;
    } else {
      bank.write = command;
      rank.writeOfGroup[command.bankGroup()] = command;
    }
  }

  private void refresh(IssuedCommand command, Gate gate) {
    RankTrack rank = ranks[command.rank()];
    int inRank = organization.bankGroups() * organization.banksPerGroup();
    int first = command.rank() * inRank;
    for (int b = first; b < first + inRank; b++) {
      gate.state("refresh of an open bank", !banks[b].mem.isOpen(), banks[b].mem.activate);
      gate.state("refresh of an open bank", !banks[b].pim.isOpen(), banks[b].pim.activate);
    }
    gate.after("tRP", rank.precharge, timing.rp());
    gate.after("tRFC", rank.refresh, timing.rfc());
    late(command, rank, gate);
    rank.refresh = command;
  }

  private void late(IssuedCommand now, RankTrack rank, Gate gate) {
    long since = rank.refresh == null ? 0 : rank.refresh.cycle();
    boolean inTime = now.cycle() - since <= (POSTPONED + 1L) * timing.refi();
    gate.state("refresh interval", inTime, rank.refresh);
  }

  /** Checks that no rank's refresh is overdue at the end of a trace. */
  Violation checkRefreshedUntil(IssuedCommand end) {
    Gate gate = new Gate(end);
    for (RankTrack rank : ranks) {
      late(end, rank, gate);
    }
    return gate.violation();
  }
}
