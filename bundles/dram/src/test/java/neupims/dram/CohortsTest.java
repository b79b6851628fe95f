// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import neupims.api.hw.Command;
import neupims.api.hw.CommandSink;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.MemoryCounters;
import neupims.api.hw.MemorySpec;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Channels that are played once do what they do when each is played, which a sink enforces. */
class CohortsTest {
  private static final int CHANNELS = 4;
  private static final int STRIPE = CHANNELS * Memories.ORGANIZATION.rowBytes();
  private static final long END = 200_000;

  /** A memory and the seed of what it is offered. */
  record Case(MemorySpec spec, int seed) {
    @Override
    public String toString() {
      return spec.name() + " of seed " + seed;
    }
  }

  static Stream<Case> cases() {
    return Memories.all().stream()
        .flatMap(m -> IntStream.range(0, 24).mapToObj(s -> new Case(wide(m), s)));
  }

  private static MemorySpec wide(MemorySpec m) {
    Organization organization = new Organization(CHANNELS, 2, 4, 4, 32768, 1024, 64);
    return new MemorySpec(
        m.name(),
        m.model(),
        m.clock(),
        organization,
        m.timing(),
        m.controller(),
        m.currents(),
        m.pim());
  }

  /** A memory that is offered work, most of it the same to all channels. */
  private static final class Run {
    final DramSession session;
    final List<Transfer> transfers = new ArrayList<>();
    final List<GemvBatch> batches = new ArrayList<>();
    private final MemorySpec spec;
    private final Random random;

    /** Whether most of the work is more than the queues take. */
    private final boolean streams;

    private long streamed;

    Run(MemorySpec spec, CommandSink sink, int seed) {
      this.spec = spec;
      TileLowering lowering = spec.pim().isEmpty() ? null : new TileLowering();
      session = new DramSession(spec, sink, lowering, 0);
      random = new Random(seed);
      streams = seed % 2 == 1;
    }

    Run play() {
      for (int i = 0; i < (streams ? 60 : 120); i++) {
        offer();
        session.advance(session.now() + random.nextInt(random.nextInt(4) == 0 ? 1500 : 60));
      }
      while (session.now() < END || session.horizon() != Long.MAX_VALUE) {
        session.advance(session.now() + 1000);
      }
      return this;
    }

    private void offer() {
      int kind = random.nextInt(20);
      if (kind == 0 && spec.pim().isPresent()) {
        gemvs();
      } else if (kind < 4) {
        int accesses = 1 + random.nextInt(kind == 1 ? 40 : 3);
        transfer(random.nextInt(20 * STRIPE / 64) * 64L, accesses * 64, 0);
      } else if (streams) {
        stream(1 + random.nextInt(40));
      } else {
        transfer(random.nextInt(100) * (long) STRIPE, (1 + random.nextInt(3)) * STRIPE, 200);
      }
    }

    private void stream(int slots) {
      Transfer transfer = new Transfer(random.nextInt(12) == 0, slots);
      for (int i = 0; i < slots; i++) {
        transfer.add(session.now(), streamed, 4 * STRIPE);
        streamed += 4 * STRIPE;
      }
      transfers.add(transfer);
      session.submit(transfer, 0, slots);
    }

    private void transfer(long address, int bytes, int mostDelay) {
      Transfer transfer = new Transfer(random.nextInt(3) == 0, 1);
      transfer.add(session.now() + random.nextInt(mostDelay + 1), address, bytes);
      transfers.add(transfer);
      session.submit(transfer, 0, 1);
    }

    private void gemvs() {
      int jobs = 1 + random.nextInt(CHANNELS);
      Resident[] residents = new Resident[jobs];
      long[] tiles = new long[jobs];
      for (int j = 0; j < jobs; j++) {
        residents[j] = new Resident(j, random.nextInt(CHANNELS), 1 + random.nextInt(300));
        tiles[j] = random.nextInt(8);
      }
      GemvBatch.Kind kind = random.nextBoolean() ? GemvBatch.Kind.LOGIT : GemvBatch.Kind.ATTEND;
      GemvBatch batch = new GemvBatch(kind, 2, 128, residents, tiles);
      batches.add(batch);
      session.submit(batch, session.now());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void completionsAndCountsAreThoseOfChannelsPlayedEachOnItsOwn(Case one) {
    Run all = new Run(one.spec(), new Trace(), one.seed()).play();
    Run once = new Run(one.spec(), CommandSink.NONE, one.seed()).play();
    for (int t = 0; t < all.transfers.size(); t++) {
      assertTrue(once.transfers.get(t).done(), "transfer " + t);
      for (int slot = 0; slot < all.transfers.get(t).slots(); slot++) {
        long expected = all.transfers.get(t).doneCycle(slot);
        assertEquals(expected, once.transfers.get(t).doneCycle(slot), "slot " + slot + " of " + t);
      }
    }
    for (int b = 0; b < all.batches.size(); b++) {
      GemvBatch expected = all.batches.get(b);
      GemvBatch actual = once.batches.get(b);
      assertArrayEquals(doneCycles(expected), doneCycles(actual), "batch " + b);
    }
    MemoryCounters expected = all.session.counters();
    MemoryCounters actual = once.session.counters();
    for (int c = 0; c < CHANNELS; c++) {
      for (Command command : Command.values()) {
        assertEquals(expected.commands(c, command), actual.commands(c, command), command + " " + c);
      }
      assertEquals(expected.busCycles(c), actual.busCycles(c));
      assertEquals(expected.pimBusyCycles(c), actual.pimBusyCycles(c));
      assertEquals(expected.pimComputeCycles(c), actual.pimComputeCycles(c));
    }
  }

  private static long[] doneCycles(GemvBatch batch) {
    return IntStream.range(0, batch.jobs()).mapToLong(batch::doneCycle).toArray();
  }

  @Test
  void channelsPartWhenTheyGetDifferentWorkAndJoinWhenItIsForgotten() {
    Run run = new Run(wide(Memories.neupims()), CommandSink.NONE, 0);
    run.transfer(0, 8 * STRIPE, 0);
    assertEquals(1, run.session.played().size());
    run.transfer(0, STRIPE / CHANNELS, 0);
    assertEquals(2, run.session.played().size(), "one channel alone got a row");
    run.session.submit(
        new GemvBatch(
            GemvBatch.Kind.LOGIT, 1, 128, new Resident[] {new Resident(0, 2, 5)}, new long[] {90}),
        0);
    assertEquals(3, run.session.played().size(), "and another one a GEMV");
    run.session.advance(20_000);
    assertEquals(1, run.session.played().size(), "refreshes have closed all rows");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCopyOfAChannelHasItsWholeState(Case one) throws ReflectiveOperationException {
    Run run = new Run(one.spec(), new Trace(), one.seed());
    for (int i = 0; i < 30 + 10 * one.seed(); i++) {
      long row = run.random.nextInt(100);
      run.transfer(row * STRIPE, (1 + run.random.nextInt(16)) * 64, 200);
      run.session.advance(run.session.now() + run.random.nextInt(60));
    }
    Channel busy = run.session.played().get(0);
    Channel copy = run.session.played().get(1);
    copy.copyFrom(busy);
    assertSameState(busy, copy, new HashSet<>(), "channel");
  }

  /** What is worked out anew, kept by the copy, or left over from an earlier call. */
  private static final Set<String> NOT_COPIED =
      Set.of(
          "CommandLog.channel",
          "CommandLog.counts",
          "Intake.eventAt",
          "Intake.effectAt",
          "Intake.nextAccept",
          "Intake.nextFetch",
          "Intake.nextDeal",
          "OldestFirst.at",
          "OldestFirst.bank",
          "OldestFirst.end",
          "OldestFirst.followed",
          "OldestFirst.mostNoted",
          "OldestFirst.noted",
          "OldestFirst.run",
          "RequestPort.head",
          "RoundRobin.at",
          "RoundRobin.bank",
          "RoundRobin.reader");

  private static void assertSameState(Object expected, Object actual, Set<Object> seen, String path)
      throws ReflectiveOperationException {
    if (expected == actual || !seen.add(expected)) {
      return;
    }
    for (Field field : expected.getClass().getDeclaredFields()) {
      String name = expected.getClass().getSimpleName() + "." + field.getName();
      if (Modifier.isStatic(field.getModifiers()) || NOT_COPIED.contains(name)) {
        continue;
      }
      field.setAccessible(true);
      Object one = field.get(expected);
      Object other = field.get(actual);
      String at = path + "." + field.getName();
      if (field.getType().isArray()) {
        if (!isQueue(expected)) { // of a queue's places only those in use are copied
          assertTrue(Objects.deepEquals(one, other), at);
        }
      } else if (field.getType().isPrimitive()) {
        assertEquals(one, other, at);
      } else if (one != null && one.getClass().getPackage() == Channel.class.getPackage()) {
        assertSameState(one, other, seen, at);
      }
    }
  }

  private static boolean isQueue(Object holder) {
    return holder instanceof BankQueues
        || holder instanceof RunQueue
        || holder instanceof RequestPort
        || holder instanceof SlotTable;
  }

  @Test
  void everyChannelIsPlayedForASink() {
    Run run = new Run(wide(Memories.hbm2()), new Trace(), 0);
    assertEquals(CHANNELS, run.session.played().size());
    run.transfer(0, 8 * STRIPE, 0);
    run.session.advance(20_000);
    assertEquals(CHANNELS, run.session.played().size());
  }
}
