// SPDX-License-Identifier: Apache-2.0
package neupims.dram;

import java.util.concurrent.TimeUnit;
import neupims.api.hw.CommandSink;
import neupims.api.hw.GemvBatch;
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
 * The logit GEMV of one request on one channel, {@value #TOKENS} tokens by {@value #HEADS} heads of
 * {@value #HEAD_DIM}: GPT3-7B on one of four devices. An operation ends with the last result and
 * the last data.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GemvBenchmark {
  private static final int TOKENS = 1024;
  private static final int HEADS = 8;
  private static final int HEAD_DIM = 128;

  /** Accesses of the stream beside a GEMV, in slots of a row each. */
  private static final int READS = 4096;

  /** Which of the tests' memories. */
  @Param({"pim-newton", "pim-neupims"})
  public String memory;

  private MemoryDriver driver;
  private Organization organization;

  /** Opens the memory, once for all operations. */
  @Setup
  public void open() {
    driver = new MemoryDriver(Memories.named(memory), CommandSink.NONE);
    organization = driver.spec.organization();
  }

  /** The GEMV has the channel to itself. */
  @Benchmark
  public GemvBatch alone(Rates rates) {
    GemvBatch batch = gemv();
    rates.start(driver);
    driver.session.submit(batch, driver.session.now());
    driver.runToEnd();
    rates.end(driver);
    return batch;
  }

  /** A stream of reads is offered at the same time. */
  @Benchmark
  public GemvBatch besideReads(Rates rates) {
    Transfer transfer = new Transfer(false, READS / organization.columns());
    for (int i = 0; i < READS / organization.columns(); i++) {
      transfer.add(
          driver.session.now(), (long) i * organization.rowBytes(), organization.rowBytes());
    }
    GemvBatch batch = gemv();
    rates.start(driver);
    driver.session.submit(transfer, 0, transfer.slots());
    driver.session.submit(batch, driver.session.now());
    driver.runToEnd();
    rates.end(driver);
    return batch;
  }

  private GemvBatch gemv() {
    return driver.batch(GemvBatch.Kind.LOGIT, TOKENS, HEADS, HEAD_DIM, MemoryDriver.FIRST_TILE);
  }
}
