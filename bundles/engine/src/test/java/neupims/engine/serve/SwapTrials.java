// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import neupims.api.run.Experiment;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.RunObserver;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.ServingState;
import neupims.api.unit.InputException;
import neupims.api.unit.Parameters;

/** Runs whose policies are swapped, and fixtures for them. */
final class SwapTrials {
  final FakePlugins plugins = new FakePlugins();
  private final LocalSimulation simulation = new LocalSimulation(plugins, new FakeDevice());

  /** The numbers of the iterations that each scheduler planned, as "name iteration". */
  final List<String> planned = Collections.synchronizedList(new ArrayList<>());

  /** A scheduler that takes in whom it can, and is heard. */
  void named(String name, String version, Predicate<ServingState> hears) {
    BatchScheduler full = plugins.select(PluginKind.SCHEDULER, "any").service();
    BatchScheduler heard =
        state -> {
          planned.add(name + " " + state.iteration());
          hears.test(state);
          return full.plan(state);
        };
    plugins.put(PluginKind.SCHEDULER, name, version, heard);
  }

  /** Holds a run up in the midst of an iteration. */
  static final class Gate implements Predicate<ServingState> {
    private final long iteration;
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    Gate(long iteration) {
      this.iteration = iteration;
    }

    @Override
    public boolean test(ServingState state) {
      if (state.iteration() == iteration) {
        reached.countDown();
        try {
          open.await();
        } catch (InterruptedException ends) {
          Thread.currentThread().interrupt();
        }
      }
      return true;
    }
  }

  VariantResult run(Variant variant) {
    return simulation
        .run(new Experiment("test", 1, List.of(variant), "{}"), RunObserver.NONE)
        .variants()
        .get(0);
  }

  LiveRun start(Variant variant) {
    return simulation.start(new Experiment("test", 1, List.of(variant), "{}"), RunObserver.NONE);
  }

  static LiveSpec swaps(Swap... swaps) {
    return swaps(List.of(swaps));
  }

  static LiveSpec swaps(List<Swap> swaps) {
    return new LiveSpec(swaps, List.of(), 30, 10);
  }

  static Swap atIteration(long iteration, PluginKind<?> kind, String name) {
    return new Swap(Moment.atIteration(iteration), choice(kind, name));
  }

  static PolicyChoice choice(PluginKind<?> kind, String name) {
    return new PolicyChoice(kind, name, Parameters.NONE);
  }

  static void refused(String words, Runnable what) {
    InputException refusal = assertThrows(InputException.class, what::run);
    assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
  }
}
