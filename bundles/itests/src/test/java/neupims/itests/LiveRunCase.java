// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.inject.Inject;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.RunEvent;
import neupims.api.run.RunObserver;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Runs of small experiments whose schedulers a test brings and takes away. */
class LiveRunCase {
  static final int REQUESTS = 40;

  /** Where the last experiment lies. */
  Path inputs;

  @Inject BundleContext context;
  @Inject Catalog catalog;
  @Inject Simulation simulation;

  Bundle install(String name, String version) throws BundleException {
    return install(name, version, "plans");
  }

  Bundle install(String name, String version, String does) throws BundleException {
    Bundle bundle = context.installBundle(name, DropIns.scheduler(name, version, 9, does));
    bundle.start();
    return bundle;
  }

  Experiment experiment(String scheduler, String... settings) throws IOException {
    return experiment(List.of(scheduler), settings);
  }

  /** A variant for each scheduler, called after it. */
  Experiment experiment(List<String> schedulers, String... settings) throws IOException {
    inputs = Files.createTempDirectory("neupims-");
    Files.writeString(
        inputs.resolve("model.json"),
        "{\"layers\": 2, \"heads\": 4, \"embedding\": 256, \"feedForward\": 1024, \"vocabulary\":"
            + " 100, \"maxPositions\": 128}");
    StringBuilder trace = new StringBuilder("arrival_seconds,prompt_tokens,output_tokens\n");
    for (int i = 0; i < REQUESTS; i++) {
      trace.append("0,").append(3 + i % 50).append(',').append(1 + i % 13).append('\n');
    }
    Files.writeString(inputs.resolve("trace.csv"), trace);
    List<String> variants = new ArrayList<>();
    for (String scheduler : schedulers) {
      variants.add(
          "{\"name\": \"%s\", \"set\": {\"scheduler\": \"%s\"}}".formatted(scheduler, scheduler));
    }
    Path file = inputs.resolve("live.json");
    Files.writeString(
        file,
        "{\"model\": \"model.json\", \"batch\": 8, \"workload\": {\"source\": \"trace\", \"file\":"
            + " \"trace.csv\"}, \"variants\": "
            + variants
            + "}");
    List<Setting> set = new ArrayList<>();
    for (String setting : settings) {
      String[] pair = setting.split("=");
      set.add(new Setting(pair[0], pair[1], "--set"));
    }
    return catalog.experiment(file, set);
  }

  VariantResult run(Experiment experiment) {
    return simulation.run(experiment, RunObserver.NONE).variants().get(0);
  }

  LiveRun paused(Experiment experiment) throws InterruptedException {
    LiveRun run = simulation.start(experiment, RunObserver.NONE);
    run.pause();
    until(run, State.PAUSED);
    return run;
  }

  static VariantResult resumed(LiveRun run) throws InterruptedException {
    run.resume();
    VariantResult result = run.await().variants().get(0);
    assertServed(result);
    return result;
  }

  static void until(LiveRun run, State state) throws InterruptedException {
    until(run, status -> status.state() == state);
  }

  static void until(LiveRun run, Predicate<VariantStatus> wanted) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!wanted.test(run.status().get(0))) {
      assertTrue(System.nanoTime() < limit, () -> run.status().toString());
      Thread.sleep(5);
    }
  }

  static void assertServed(VariantResult result) {
    assertNull(result.failure());
    assertEquals(REQUESTS, result.requestsCompleted());
  }

  static List<String> whats(VariantResult result) {
    return result.events().stream().map(RunEvent::what).toList();
  }

  /** The same happens again, to the last figure. */
  void assertReplays(Experiment experiment, VariantResult result) throws IOException {
    Path file = inputs.resolve("recording.json");
    Files.writeString(file, catalog.recording(experiment, List.of(result.swaps())));
    VariantResult again = run(catalog.experiment(file, List.of()));
    assertEquals(result.events(), again.events());
    assertEquals(result.swaps(), again.swaps());
    assertEquals(result.serving(), again.serving());
    assertEquals(result.iterations(), again.iterations());
    assertEquals(result.utilization(), again.utilization());
    assertEquals(result.plugins(), again.plugins());
  }
}
