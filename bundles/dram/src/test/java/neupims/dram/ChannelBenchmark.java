// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import neupims.api.hw.CommandSink;
import neupims.api.hw.Organization;
import neupims.api.hw.Transfer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads of one channel. An operation is a list of reads, from its submission to the last data, on a
 * session that goes on from one operation to the next.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChannelBenchmark {
  /** Reads of an operation: so many that its start and its end do not count. */
  private static final int READS = 16_384;

  private static final int ADDRESSES = 1 << 16;

  /** Which of the tests' memories. */
  @Param({"hbm2", "pim-neupims"})
  public String memory;

  private MemoryDriver driver;
  private Organization organization;
  private long streamed;
  private long[] randomAddresses;
  private int nextRandom;

  /** How the stream is cut into slots. */
  @State(Scope.Thread)
  public static class Slots {
    /** Accesses of a slot: a row and more. */
    @Param({"16", "256", "16384"})
    public int accesses;
  }

  /** Opens the memory, once for all operations. */
  @Setup
  public void open() {
    driver = new MemoryDriver(Memories.named(memory), CommandSink.NONE);
    organization = driver.spec.organization();
    long accesses = organization.channelBytes() / organization.accessBytes();
    randomAddresses =
        new Random(1)
            .longs(ADDRESSES, 0, accesses)
            .map(access -> access * organization.accessBytes())
            .toArray();
  }

  /** Consecutive reads, over and over through the whole channel. */
  @Benchmark
  public Transfer stream(Slots slots, Rates rates) {
    int bytes = slots.accesses * organization.accessBytes();
    Transfer transfer = new Transfer(false, READS / slots.accesses);
    for (int i = 0; i < READS / slots.accesses; i++) {
      transfer.add(driver.session.now(), streamed, bytes);
      streamed = (streamed + bytes) % organization.channelBytes();
    }
    return run(transfer, rates);
  }

  /** Single reads all over the channel: nearly every one misses its bank's row. */
  @Benchmark
  public Transfer randomMisses(Rates rates) {
    Transfer transfer = new Transfer(false, READS);
    for (int i = 0; i < READS; i++) {
      transfer.add(driver.session.now(), randomAddresses[nextRandom], organization.accessBytes());
      nextRandom = (nextRandom + 1) % ADDRESSES;
    }
    return run(transfer, rates);
  }

  private Transfer run(Transfer transfer, Rates rates) {
    rates.start(driver);
    driver.session.submit(transfer, 0, transfer.slots());
    driver.runToEnd();
    rates.end(driver);
    return transfer;
  }
}
