// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.RunEvent;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.run.VariantStatus;
import neupims.api.run.VariantStatus.State;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.ServingState;
import neupims.api.unit.Parameters;

/** Runs whose policies a test has go wrong, or away, at an iteration. */
final class Trials {
  static final Duration SOON = Duration.ofSeconds(60);
  static final long AT = 40;

  final FakePlugins plugins = new FakePlugins();
  final Recorder heard;
  final BatchScheduler full = plugins.select(PluginKind.SCHEDULER, "any").service();
  private final LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());

  /** In a directory. */
  Trials(Path directory) {
    heard = new Recorder(directory);
  }

  void scheduler(String name, Consumer<ServingState> at) {
    BatchScheduler scheduler =
        state -> {
          if (state.iteration() == AT) {
            at.accept(state);
          }
          return full.plan(state);
        };
    plugins.put(PluginKind.SCHEDULER, name, "1.0.0", scheduler);
  }

  static LiveSpec spec() {
    return new LiveSpec(List.of(), List.of(), 30, 0.2);
  }

  /** With policies called bad, and one called good to take over. */
  static Variant withFallback(PluginKind<?> kind) {
    PolicyChoice good = new PolicyChoice(kind, "good", Parameters.NONE);
    LiveSpec live = new LiveSpec(List.of(), List.of(good), 30, 0.2);
    return Live.named(Live.variant("a", 300, live), kind, "bad");
  }

  BatchScheduler at(Runnable what) {
    return state -> {
      if (state.iteration() == AT) {
        what.run();
      }
      return full.plan(state);
    };
  }

  LiveRun start(Variant... variants) {
    return start(false, variants);
  }

  /** Begins them, or goes on with them. */
  LiveRun start(boolean resumes, Variant... variants) {
    Experiment experiment = new Experiment("test", 1, List.of(variants), "{}");
    heard.resumes = resumes;
    return simulation.start(experiment, heard);
  }

  /** The same happens again. */
  void assertReplays(Variant variant, VariantResult result) {
    LiveSpec live = variant.live();
    LiveSpec recorded =
        new LiveSpec(
            result.swaps(), live.fallbacks(), live.pluginWaitSeconds(), live.policySeconds());
    VariantResult again = run(Live.with(variant, recorded)).get(0);
    assertEquals(Live.text(result), Live.text(again));
  }

  List<VariantResult> run(Variant... variants) {
    return all(start(variants));
  }

  static VariantResult await(LiveRun run) {
    return all(run).get(0);
  }

  private static List<VariantResult> all(LiveRun run) {
    return assertTimeoutPreemptively(SOON, () -> run.await().variants());
  }

  static VariantStatus until(LiveRun run, State state) {
    return assertTimeoutPreemptively(
        SOON,
        () -> {
          while (run.status().get(0).state() != state) {
            Thread.sleep(1);
          }
          return run.status().get(0);
        });
  }

  static List<String> whats(VariantResult result) {
    return result.events().stream().map(RunEvent::what).toList();
  }
}
