// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import neupims.api.metric.DeviceReport;
import neupims.api.metric.Traffic;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One decode iteration of GPT3-7B, TP 4, through everything that takes part in {@code ./neupims
 * step}: placement, split, compiler, NPU model, memory and device engine. Not measured are the
 * start of the JVM and of the framework, the catalog and the printing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepBenchmark {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The batches of the reference's steps [R], which the validation bundle keeps. */
  private static final String BATCH = "/neupims/validation/inputs/sharegpt_b%d_packed.csv";

  private static final int LARGEST_BATCH = 256;

  /** A system of the catalog. */
  @Param({"npu-only", "npu-pim", "neupims-serial", "neupims"})
  public String system;

  /** Requests; 512 are the 256 twice. */
  @Param({"64", "128", "256", "512"})
  public int batch;

  private RunningPlatform platform;
  private Simulation simulation;
  private Variant variant;
  private List<BatchEntry> requests;

  /** What a step did, each field a line of JMH's table. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Work {
    /** Milliseconds in which the thread had a core. */
    public double cpuMillis;

    /** Memory commands simulated, over all channels. */
    public double commands;

    /** MiB that crossed the data buses. */
    public double trafficMiB;

    private double part;

    /** JMH adds up the events of all measured steps; so that it prints their mean. */
    @Setup
    public void countSteps(BenchmarkParams params) {
      part = 1.0 / (params.getMeasurement().getCount() * Math.max(1, params.getForks()));
    }

    void add(DeviceReport device, long cpuNanos) {
      Traffic traffic = device.traffic();
      cpuMillis += part * cpuNanos * 1e-6;
      commands += part * device.commands().values().stream().mapToLong(Long::longValue).sum();
      trafficMiB += part * (traffic.readBytes() + traffic.writeBytes()) / (1 << 20);
    }
  }

  /** Starts the bundles and resolves the experiment. */
  @Setup
  public void start() throws Exception {
    platform = new RunningPlatform();
    simulation = platform.service(Simulation.class);
    Catalog catalog = platform.service(Catalog.class);
    variant =
        catalog.variant(
            List.of(
                new Setting("system", system, "benchmark"),
                new Setting("model", "gpt3-7b", "benchmark"),
                new Setting("tp", "4", "benchmark")));
    requests = requests(batch);
  }

  /** The lengths alone: the channels are up to the system's placement. */
  private static List<BatchEntry> requests(int batch) throws IOException {
    Path jar = Distribution.HOME.resolve("bundles/neupims.validation.jar");
    int[] lengths;
    try (FileSystem files = FileSystems.newFileSystem(jar);
        Stream<String> lines =
            Files.lines(files.getPath(BATCH.formatted(Math.min(batch, LARGEST_BATCH))))) {
      lengths =
          lines
              .filter(line -> Character.isDigit(line.charAt(0)))
              .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(','))))
              .toArray();
    }
    return IntStream.range(0, batch)
        .mapToObj(i -> new BatchEntry(lengths[i % lengths.length], BatchEntry.UNPLACED))
        .toList();
  }

  /** Stops the bundles. */
  @TearDown
  public void stop() throws Exception {
    platform.stop();
  }

  /** The first step of a JVM. */
  @Benchmark
  @Fork(3)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public StepResult fresh(Work work) {
    return step(work);
  }

  /** A step after others of its kind. */
  @Benchmark
  @Fork(1)
  @Warmup(iterations = 10)
  @Measurement(iterations = 10)
  public StepResult warm(Work work) {
    return step(work);
  }

  private StepResult step(Work work) {
    long before = THREADS.getCurrentThreadCpuTime();
    StepResult result = simulation.step(variant, requests);
    work.add(result.device(), THREADS.getCurrentThreadCpuTime() - before);
    return result;
  }
}
