// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.Arrays;
import neupims.api.hw.Command;
import neupims.api.hw.MemorySpec;
import neupims.conformance.Expect;

/** Whether every rank was refreshed in time, up to the end of a trial. */
final class RefreshCheck {
  /** A refresh may be put off by eight intervals, JEDEC JESD235. */
  private static final int POSTPONED = 8;

  private RefreshCheck() {}

  static void check(MemoryTrial trial, MemorySpec spec, MemoryWork work) {
    int ranks = spec.organization().ranks();
    long[] last = new long[spec.organization().channels() * ranks];
    long longest = (POSTPONED + 1L) * spec.timing().refi();
    for (MemoryTrial.Heard one : trial.commandsBefore(Long.MAX_VALUE)) {
      if (one.command() == Command.REF) {
        int first = one.channel() * ranks + Math.max(0, one.rank());
        int count = one.rank() < 0 ? ranks : 1; // -1: the whole channel
        for (int rank = first; rank < first + count; rank++) {
          inTime(one.cycle(), last[rank], longest, rank, ranks, trial);
        }
        Arrays.fill(last, first, first + count, one.cycle());
      }
    }
    for (int rank = 0; rank < last.length; rank++) {
      inTime(trial.end(), last[rank], longest, rank, ranks, trial);
    }
  }

  private static void inTime(
      long now, long before, long longest, int index, int ranks, MemoryTrial trial) {
    Expect.that(
        now - before <= longest,
        () ->
            "rank %d of channel %d has no refresh from cycle %d to %d, %d are allowed%s"
                .formatted(index % ranks, index / ranks, before, now, longest, trial.in()));
  }
}
