// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.List;
import neupims.api.run.PrefillUse;

/** What prefill groups and their links do in the window. */
final class PrefillTally {
  private static final double NANOS = 1e9;

  private static final class Counts {
    final BusyTime busy = new BusyTime();
    long count;
    long amount;

    void add(long more) {
      count++;
      amount += more;
    }

    void open(long nowNanos) {
      busy.open(nowNanos);
      count = 0;
      amount = 0;
    }
  }

  private final Counts[] groups;
  private final Counts[] links;
  private Series wait;
  private Series transfer;
  private long openedNanos;
  private long nowNanos;
  private double waiting;

  PrefillTally(int groups, int replicas) {
    this.groups = counts(groups);
    links = counts(replicas);
    open(0);
  }

  private static Counts[] counts(int length) {
    Counts[] counts = new Counts[length];
    for (int i = 0; i < length; i++) {
      counts[i] = new Counts();
    }
    return counts;
  }

  /** The window opens. */
  void open(long now) {
    openedNanos = now;
    nowNanos = now;
    waiting = 0;
    wait = new Series();
    transfer = new Series();
    for (Counts group : groups) {
      group.open(now);
    }
    for (Counts link : links) {
      link.open(now);
    }
  }

  long nowNanos() {
    return nowNanos;
  }

  /** Time passes with so many in line. */
  void pass(long now, int inLine) {
    waiting += (double) (now - nowNanos) * inLine;
    nowNanos = now;
  }

  /** A group begins to work on a prompt. */
  void started(PrefillPool.Work work) {
    groups[work.group()].busy.add(work.startNanos(), work.startNanos(), work.endNanos());
  }

  /** A prompt is done. */
  void done(PrefillPool.Work work) {
    groups[work.group()].add(work.tokens());
    wait.add((work.startNanos() - work.sinceNanos()) / NANOS);
  }

  /** A cache goes to its replica. */
  void sent(KvLinks.Move move) {
    Counts link = links[move.sequence().replica];
    link.busy.add(move.doneNanos(), move.startNanos(), move.endNanos());
  }

  /** A cache is there. */
  void arrived(KvLinks.Move move) {
    links[move.sequence().replica].add(move.bytes());
    transfer.add((move.endNanos() - move.doneNanos()) / NANOS);
  }

  /** All of it, until now. */
  PrefillUse use() {
    List<PrefillUse.Group> each = new ArrayList<>(groups.length);
    long prompts = 0;
    long tokens = 0;
    double busy = 0;
    for (Counts group : groups) {
      double fraction = group.busy.fraction(nowNanos);
      each.add(new PrefillUse.Group(group.count, group.amount, fraction));
      prompts += group.count;
      tokens += group.amount;
      busy += fraction;
    }
    List<PrefillUse.Link> in = new ArrayList<>(links.length);
    for (Counts link : links) {
      in.add(new PrefillUse.Link(link.count, link.amount, link.busy.fraction(nowNanos)));
    }
    double seconds = nowNanos - openedNanos;
    return new PrefillUse(
        prompts,
        tokens,
        busy / groups.length,
        seconds == 0 ? 0 : waiting / seconds,
        wait.distribution(),
        transfer.distribution(),
        each,
        in);
  }
}
