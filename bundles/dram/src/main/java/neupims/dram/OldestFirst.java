// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

/**
 * Oldest first among those that are ready, reads and writes before activates and precharges:
 * FR-FCFS (Rixner et al., ISCA 2000). A row's accesses follow each other, and row commands go into
 * the cycles between them.
 *
 * <p>So a run is issued in one go, up to the first cycle at which something older may be ready, and
 * only what reaches the banks, row commands and the PIM's turns are looked at one by one.
 */
final class OldestFirst implements AccessOrder {
  private final Geometry geometry;
  private final TimingTable timing;
  private final BankState banks;
  private final RankState ranks;
  private final BankQueues queues;
  private final MemArbiter arbiter;
  private final LongestWaiting first;
  private final RowCommands rows;
  private final MemCommands commands;
  private final CommandLog log;
  private final InFlight inFlight;
  private final Intake intake;
  private final PimTurn turn;
  private final boolean readsFollow;
  private final boolean writesFollow;
  private final int operandBank;
  private final int rowHitCap;

  /** Cycles from a column command to the next one of the rank. */
  private final int gap;

  private int bank;
  private int run;

  /** The next column command's cycle. */
  private long at;

  /** First cycle that is not for the reads under way to use. */
  private long end;

  /** Reads before {@link #at} that are issued and not yet taken from the queues. */
  private int noted;

  /** How many there may be before they have to be taken. */
  private int mostNoted;

  /** Whether each is followed by what waits for the bank, which is full. */
  private boolean followed;

  OldestFirst(
      Geometry geometry,
      TimingTable timing,
      BankState banks,
      RankState ranks,
      BankQueues queues,
      MemArbiter arbiter,
      RowCommands rows,
      MemCommands commands,
      CommandLog log,
      InFlight inFlight,
      Intake intake,
      PimTurn turn,
      int operandBank,
      int rowHitCap) {
    this.geometry = geometry;
    this.timing = timing;
    this.banks = banks;
    this.ranks = ranks;
    this.queues = queues;
    this.arbiter = arbiter;
    this.rows = rows;
    this.commands = commands;
    this.log = log;
    this.inFlight = inFlight;
    this.intake = intake;
    this.turn = turn;
    this.operandBank = operandBank;
    this.rowHitCap = rowHitCap;
    first = new LongestWaiting(geometry, banks, queues, arbiter, rows);
    gap = timing.columnOtherGroup;
    readsFollow = !timing.readsBindGroups && timing.readOtherRank > gap;
    writesFollow =
        !timing.readsBindGroups
            && timing.writeOtherRank == gap
            && Math.min(timing.writeToReadSameGroup, timing.writeToReadOtherGroup) > gap;
  }

  @Override
  public void copyFrom(AccessOrder other) {
    // ages are the queues'
  }

  @Override
  public void show(Image image) {
    // ages are the queues'
  }

  @Override
  public long issue(long cycle, long until, long endOfReads) {
    int column = first.column(cycle);
    if (column < 0) {
      issueRow(cycle);
      return cycle;
    }
    bank = column;
    at = cycle;
    if (!arbiter.wantsWrite(column, cycle)) {
      return readRuns(cycle, endOfReads);
    }
    run = arbiter.writeRun[column];
    if (queues.count[run] == 1 || !mayWriteOn(cycle)) {
      commands.write(column, run, cycle, 1, gap);
      return cycle;
    }
    return writeRun(until);
  }

  /** The oldest activate or precharge that can issue; whether there is one. */
  private boolean issueRow(long cycle) {
    int row = first.row(cycle);
    if (row < 0) {
      return false;
    }
    commands.row(row, cycle);
    return true;
  }

  /** Accesses left of the run before another row of its bank has a right to be opened. */
  private int left() {
    int left = queues.count[run];
    return run == queues.front(bank)
        ? left
        : Math.min(left, Math.max(1, rowHitCap - banks.hits[bank]));
  }

  /** The first cycle, from the given one on, in which a row command can go between columns. */
  private long rowAt(long from, long columnsUntil) {
    long row = Math.max(from, rows.nextAt());
    return row >= at && row < columnsUntil && (row - at) % gap == 0 ? row + 1 : row;
  }

  /**
   * Reads run after run while reads of the rank follow each other.
   *
   * @return a cycle up to which everything has been issued
   */
  private long readRuns(long cycle, long until) {
    int rank = geometry.rankOf[bank];
    end = readsFollow && ranks.latestGroupReadAt() <= cycle ? until : cycle + 1;
    if (inFlight.limited()) {
      end = Math.min(end, cycle + timing.readDelay); // then the first one is done
    }
    long decided;
    int last;
    do {
      run = arbiter.readRun[bank];
      last = bank;
      decided = readRun(rank);
      bank = decided + 1 == at && at < end ? nextToRead(rank) : -1;
    } while (bank >= 0);
    ranks.read(last, commands.lastColumn());
    if (inFlight.limited()) {
      intake.changed();
    }
    return decided;
  }

  private int nextToRead(int rank) {
    if (intake.effectAt() <= at) {
      intake.playUntil(at);
    }
    return first.read(rank, at);
  }

  /**
   * Reads from {@link #at} on up to the run's end or an older one's cycle, and what goes between.
   * Leaves the next read's cycle behind.
   */
  private long readRun(int rank) {
    int left = left();
    // the first one has been chosen
    long stop = Math.max(at + 1, Math.min(end, first.readBefore(run, rank)));
    long now = at;
    noted = 0;
    while (true) {
      boolean reads = left > 0 && at < stop;
      long horizon = reads ? Math.min(stop, at + left * (long) gap) : Math.min(at, end);
      long row = rowAt(now, reads ? horizon : 0);
      long pimAt = turn.nextAt();
      long command = Math.min(Math.min(row, pimAt), horizon);
      long effect = intake.effectAt();
      if (effect < command) {
        effect = intake.effectBeside(bank);
      }
      long event = Math.max(now, Math.min(command, effect));
      if (reads && at < Math.min(event, horizon)) {
        left -= read((int) Math.min(left, (Math.min(event, horizon) - 1 - at) / gap + 1), left);
        now = Math.max(now, at - gap + 1);
        if (left == 0 || noted == mostNoted) {
          take();
          continue; // the queues have changed
        }
      }
      if (event >= horizon) {
        take();
        return horizon - 1;
      }
      if (effect <= event) {
        take();
        intake.playUntil(event);
        now = event;
        continue;
      }
      if (pimAt <= event) {
        take();
        intake.playUntil(event);
        long free = turn.take(event, end);
        if (free == event) {
          continue;
        }
        now = free;
        at = Math.max(at, Math.max(free, ranks.readAt[rank]));
        if (turn.ends()
            || at >= commands.lastColumn() + timing.readOtherRank
            || bank == operandBank) {
          end = free;
          return free - 1;
        }
        if (left > 0) {
          stop = Math.min(end, first.readBefore(run, rank));
        }
        continue;
      }
      if (!log.silent()) {
        take();
      }
      if (issueRow(row) && left > 0) {
        stop = Math.min(end, first.readBefore(run, rank));
      }
      now = row + 1;
    }
  }

  /** Issues reads from {@link #at} on, at most so many, which are {@link #noted}; their number. */
  private int read(int most, int left) {
    if (noted == 0) {
      followed = (intake.blocked() >>> bank & 1) != 0;
      mostNoted = followed ? intake.mayFollow(bank, at, gap, left) : left;
    }
    int reads = Math.min(most, mostNoted - noted);
    at += (long) reads * gap;
    noted += reads;
    return reads;
  }

  /** Takes the noted reads from the queues. */
  private void take() {
    if (noted > 0) {
      long from = at - (long) noted * gap;
      commands.read(bank, run, from, noted, gap, followed ? noted : 0);
      noted = 0;
    }
  }

  /** Whether nothing but an older write can come between the run's writes. */
  private boolean mayWriteOn(long cycle) {
    return writesFollow
        && !queues.isFull(bank)
        && !arbiter.readsOutside(geometry.rankOf[bank])
        && ranks.writesOpen(cycle);
  }

  /** The same for writes, which go on while no other rank is to be read. */
  private long writeRun(long until) {
    int rank = geometry.rankOf[bank];
    int left = left();
    long stop = Math.max(at + 1, Math.min(until, first.writeBefore(run)));
    long now = at;
    while (true) {
      boolean writes = left > 0 && at < stop;
      long horizon = writes ? Math.min(stop, at + left * (long) gap) : Math.min(at, until);
      long row = rowAt(now, writes ? horizon : 0);
      long event = Math.max(now, Math.min(row, intake.effectAt()));
      if (writes && at < Math.min(event, horizon)) {
        intake.playUntil(at);
        if (queues.isFull(bank)) {
          return at - 1;
        }
        long last = Math.min(Math.min(event, horizon) - 1, Math.max(at, intake.nextEventAt()));
        int count = (int) Math.min(left, (last - at) / gap + 1);
        commands.write(bank, run, at, count, gap);
        at += (long) count * gap;
        left -= count;
        now = Math.max(now, at - gap + 1);
        continue;
      }
      if (event >= horizon) {
        return horizon - 1;
      }
      if (intake.effectAt() <= event) {
        intake.playUntil(event);
        now = event;
        if (arbiter.readsOutside(rank)) {
          return event - 1;
        }
        continue;
      }
      if (issueRow(row)) {
        if (arbiter.readsOutside(rank)) {
          return row;
        }
        if (left > 0) {
          stop = Math.min(until, first.writeBefore(run));
        }
      }
      now = row + 1;
    }
  }
}
