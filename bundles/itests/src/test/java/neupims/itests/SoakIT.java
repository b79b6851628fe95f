// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.inject.Inject;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.RunEvent;
import neupims.api.run.RunLogs;
import neupims.api.run.Simulation;
import neupims.api.run.Swap;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Random swaps, drops, replacements and removals under a run: no request is lost, nothing of a
 * bundle that has gone stays, and the recording runs to the same bytes. The long one: {@code mvn
 * verify -Dtest.excluded=none -Dit.test=SoakIT}.
 */
@ExtendWith(InContainer.class)
public class SoakIT {
  /** What can be swapped to, and is always there. */
  private static final Map<PluginKind<?>, List<String>> THERE =
      Map.of(
          PluginKind.SCHEDULER, List.of("orca", "vllm", "static", "shortest-first"),
          PluginKind.PLACEMENT, List.of("round-robin", "min-load", "least-kv", "random"),
          PluginKind.SPLIT, List.of("none", "halves", "balanced", "ratio", "auto"),
          PluginKind.COMPILER, List.of("offload", "interleaved"));

  private static final List<PluginKind<?>> KINDS =
      List.of(PluginKind.SCHEDULER, PluginKind.PLACEMENT, PluginKind.SPLIT, PluginKind.COMPILER);
  private static final List<String> DROPPED = List.of("soak-a", "soak-b", "soak-c");

  /** What the result keeps of a request, a few figures for percentiles. */
  private static final long BYTES_OF_A_REQUEST = 16;

  /** Events, compiled code, caches that fill; one bundle that stays is more. */
  private static final long NOISE_BYTES = 256 << 10;

  /** The platform's own that are used for the first time. */
  private static final int MORE_CLASSES = 25;

  @Inject private BundleContext context;
  @Inject private Catalog catalog;
  @Inject private Simulation simulation;
  @Inject private RunLogs logs;
  @Inject private Plugins plugins;

  private final Map<String, Bundle> installed = new HashMap<>();
  private final GoneLoaders loaders = new GoneLoaders();
  private int versions;
  private Path folder;

  @Test
  public void aFewActionsUnderARun() throws Exception {
    soak(12, 2_000, 1);
  }

  @Test
  @Tag("long")
  public void twoHundredActionsUnderThousandsOfIterations() throws Exception {
    soak(200, 20_000, 2);
  }

  private void soak(int actions, int requests, long seed) throws Exception {
    Experiment experiment = experiment(requests);
    Random random = new Random(seed);
    Path first = Files.createDirectory(folder.resolve("first"));
    SavedRuns.Saved saved = runs().start(experiment, first, false);
    LiveRun run = saved.live();
    HeapTrend heap = new HeapTrend();
    int between = Math.max(4, actions / 4);
    long mean = requests * 13L / 2 / 8 / actions;
    int done = 0;
    while (done < actions && run.status().get(0).state() != State.ENDED) {
      // However fast the machine is, only advance() uses the run up.
      run.pause();
      act(run, random);
      run.resume();
      if (++done % between == 0) {
        look(run, heap);
      }
      advance(run, 1 + random.nextInt((int) mean));
    }
    assertEquals(actions, done, "the run was over too soon");
    while (run.status().get(0).state() == State.WAITING) {
      run.swap(null, PluginKind.SCHEDULER, "orca");
      Thread.sleep(20);
    }
    // A policy that goes as the last iterations pass is waited for, too.
    run.swap(null, PluginKind.SCHEDULER, "orca");
    VariantResult result = saved.await().variants().get(0);
    assertNull(result.failure());
    assertEquals(requests, result.requestsCompleted());
    Set<String> kinds = new HashSet<>();
    result.events().stream().map(RunEvent::what).forEach(kinds::add);
    assertTrue(kinds.contains("swap"), kinds.toString());
    if (actions >= 200) {
      assertTrue(
          kinds.containsAll(List.of("plugin-lost", "plugin-back", "plugin-updated")),
          kinds.toString());
    }
    uninstallAll();
    // Though somebody still holds the run.
    loaders.assertGone();
    assertEquals(State.ENDED, run.status().get(0).state());
    heap.assertFlat(NOISE_BYTES + requests * BYTES_OF_A_REQUEST, MORE_CLASSES);
    assertReplays(result);
  }

  /** When no dropped bundle is there or in use, nothing of one should be in memory. */
  private void look(LiveRun run, HeapTrend heap) throws Exception {
    run.swap(null, PluginKind.SCHEDULER, "orca");
    until(run, status -> status.policies().get(0).name().equals("orca"));
    uninstallAll();
    run.pause();
    until(run, status -> status.state() == State.PAUSED);
    heap.look();
    run.resume();
  }

  private static void until(LiveRun run, Predicate<VariantStatus> wanted)
      throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    VariantStatus status = run.status().get(0);
    while (!wanted.test(status)) {
      assertTrue(System.nanoTime() < limit, status.toString());
      assertNotEquals(State.ENDED, status.state(), "the run was over too soon");
      Thread.sleep(1);
      status = run.status().get(0);
    }
  }

  private void uninstallAll() throws BundleException {
    for (Bundle bundle : installed.values()) {
      bundle.uninstall();
    }
    installed.clear();
  }

  private SavedRuns runs() {
    return new SavedRuns(simulation, logs, plugins);
  }

  private void act(LiveRun run, Random random) throws BundleException {
    PluginKind<?> kind = KINDS.get(random.nextInt(KINDS.size()));
    String name = DROPPED.get(random.nextInt(DROPPED.size()));
    Bundle there = installed.get(name);
    switch (random.nextInt(5)) {
      case 0 -> {
        if (there == null) {
          install(name);
        } else {
          there.update(DropIns.scheduler(name, next()));
          loaders.watch(there);
        }
      }
      case 1 -> {
        if (there != null) {
          there.uninstall();
          installed.remove(name);
        }
      }
      case 2 -> {
        if (there == null) {
          install(name);
        }
        run.swap(null, PluginKind.SCHEDULER, name);
      }
      default -> {
        List<String> names = THERE.get(kind);
        run.swap(null, kind, names.get(random.nextInt(names.size())));
      }
    }
    // Whoever waits gets what it waits for, or something else.
    VariantStatus status = run.status().get(0);
    if (status.state() == State.WAITING) {
      PluginInfo lost = status.policies().get(0);
      if (random.nextInt(3) > 0 && !installed.containsKey(lost.name())) {
        install(lost.name(), random.nextBoolean() ? lost.version() : next());
      } else {
        run.swap(null, PluginKind.SCHEDULER, "vllm");
      }
    }
  }

  private void install(String name) throws BundleException {
    install(name, next());
  }

  private void install(String name, String version) throws BundleException {
    Bundle bundle = context.installBundle(name, DropIns.scheduler(name, version));
    bundle.start();
    installed.put(name, bundle);
    loaders.watch(bundle);
  }

  /** A new version half of the time. */
  private String next() {
    return "1.0." + versions++ / 2;
  }

  /** So many iterations pass, unless the run waits or is over. */
  private static void advance(LiveRun run, int iterations) throws InterruptedException {
    long until = run.status().get(0).iterations() + iterations;
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    VariantStatus status = run.status().get(0);
    // Paused it is for a moment after it has been told to go on.
    while (status.iterations() < until
        && (status.state() == State.RUNNING || status.state() == State.PAUSED)) {
      assertTrue(System.nanoTime() < limit, status.toString());
      Thread.sleep(1);
      status = run.status().get(0);
    }
  }

  /** With all versions there that were there one after the other. */
  private void assertReplays(VariantResult result) throws Exception {
    Map<String, Bundle> all = new HashMap<>();
    for (Swap swap : result.swaps()) {
      String name = swap.to().name();
      if (DROPPED.contains(name)) {
        String version = swap.to().version().orElseThrow();
        if (!all.containsKey(name + version)) {
          Bundle bundle = context.installBundle(name + version, DropIns.scheduler(name, version));
          bundle.start();
          all.put(name + version, bundle);
        }
      }
    }
    Path first = folder.resolve("first");
    Path second = Files.createDirectory(folder.resolve("second"));
    Experiment recorded = catalog.experiment(first.resolve("recording.json"), List.of());
    runs().start(recorded, second, false).await();
    assertEquals(SavedRuns.result(first), SavedRuns.result(second));
    for (String file : List.of("recording.json", "requests.csv", "iterations.csv")) {
      assertEquals(-1, Files.mismatch(first.resolve(file), second.resolve(file)), file);
    }
    for (Bundle bundle : all.values()) {
      bundle.uninstall();
    }
  }

  private Experiment experiment(int requests) throws IOException {
    folder = Files.createTempDirectory("neupims-soak");
    Files.writeString(
        folder.resolve("model.json"),
        "{\"layers\": 1, \"heads\": 2, \"embedding\": 64, \"feedForward\": 128, \"vocabulary\":"
            + " 100, \"maxPositions\": 64}");
    StringBuilder trace = new StringBuilder("arrival_seconds,prompt_tokens,output_tokens\n");
    for (int i = 0; i < requests; i++) {
      trace.append("0,").append(3 + i % 40).append(',').append(1 + i % 13).append('\n');
    }
    Files.writeString(folder.resolve("trace.csv"), trace);
    Path file =
        Files.writeString(
            folder.resolve("soak.json"),
            "{\"model\": \"model.json\", \"batch\": 8, \"workload\": {\"source\": \"trace\","
                + " \"file\": \"trace.csv\"}, \"scheduler\": \"orca\", \"variants\": [{\"name\":"
                + " \"soak\", \"set\": {}}]}");
    return catalog.experiment(file, List.of());
  }
}
