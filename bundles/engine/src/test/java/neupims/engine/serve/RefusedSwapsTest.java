// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Program;
import neupims.api.run.LiveRun;
import neupims.api.run.LiveSpec;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.ServingState;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;
import org.junit.jupiter.api.Test;

/** Swaps that cannot be. */
class RefusedSwapsTest {
  private final SwapTrials trials = new SwapTrials();

  @Test
  void whatCannotBeSwappedIsRefusedAndNothingChanges() throws InterruptedException {
    SwapTrials.Gate gate = new SwapTrials.Gate(10);
    trials.named("first", "0.1.0", gate);
    BatchScheduler demanding = new Demanding();
    trials.plugins.put(PluginKind.SCHEDULER, "demanding", "1.0.0", demanding);
    trials.plugins.remove(PluginKind.SPLIT, "gone");
    trials.plugins.put(PluginKind.COMPILER, "picky", "1.0.0", new Picky());
    LiveRun run = trials.start(Live.scheduler(Live.variant("a", 3_000, LiveSpec.NONE), "first"));
    gate.reached.await();
    SwapTrials.refused(
        "unknown variant \"b\"; known: a", () -> run.swap("b", PluginKind.SPLIT, "none"));
    SwapTrials.refused("npu-model is bound", () -> run.swap("a", PluginKind.NPU_MODEL, "x"));
    SwapTrials.refused("unknown split gone", () -> run.swap("a", PluginKind.SPLIT, "gone"));
    SwapTrials.refused("one replica", () -> run.swap("a", PluginKind.ROUTER, "x"));
    SwapTrials.refused("needs a crystal ball", () -> run.swap(null, PluginKind.COMPILER, "picky"));
    SwapTrials.refused("wants depth", () -> run.swap(null, PluginKind.SCHEDULER, "demanding"));
    gate.open.countDown();
    VariantResult result = run.await().variants().get(0);
    assertEquals(List.of(), result.events());
    SwapTrials.refused("is over", () -> run.swap("a", PluginKind.SPLIT, "none"));
  }

  @Test
  void aSwapToWhatIsNotThereIsRefusedBeforeAnythingRuns() {
    trials.plugins.remove(PluginKind.SPLIT, "gone");
    Variant variant =
        Live.variant(
            "a", 10, SwapTrials.swaps(SwapTrials.atIteration(3, PluginKind.SPLIT, "gone")));
    SwapTrials.refused("unknown split gone", () -> trials.start(variant));
    PolicyChoice old =
        new PolicyChoice(PluginKind.SCHEDULER, "x", Optional.of("0.0.9"), Parameters.NONE);
    Variant pinned = Live.variant("a", 10, SwapTrials.swaps(new Swap(Moment.atIteration(3), old)));
    SwapTrials.refused(
        "scheduler x of version 0.0.9 is wanted; there is version 1.0.0",
        () -> trials.start(pinned));
  }

  private static final class Picky implements ProgramCompiler {
    @Override
    public List<String> missing(DeviceCapabilities device) {
      return List.of("a crystal ball");
    }

    @Override
    public Program compile(CompileInput input) {
      throw new AssertionError("nobody should ask");
    }
  }

  private static final class Demanding implements BatchScheduler {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(ParameterSpec.real("depth", 0, 1, "how deep it looks"));
    }

    @Override
    public IterationPlan plan(ServingState state) {
      throw new AssertionError("nobody should ask");
    }
  }
}
