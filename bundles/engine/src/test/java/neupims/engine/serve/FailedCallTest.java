// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.model.Parallelism;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.PluginInfo;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvState;
import neupims.api.schedule.RunningRequest;
import neupims.api.schedule.ServingLimits;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.schedule.TokenRun;
import neupims.api.schedule.WaitingRequest;
import neupims.api.unit.InputException;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.calls.EstimatorCall;
import neupims.calls.SavedCall;
import neupims.testkit.FailedCall;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call survives its file, functions among its arguments included. */
class FailedCallTest {
  private static final GemvShape SHAPE = new GemvShape(4, 64, 512, 32);
  private static final GemvEstimator ESTIMATOR = (shape, tokens) -> 3L * tokens;

  @TempDir private Path directory;

  @Test
  void aSchedulerSeesWhatItSaw() throws IOException {
    KvState kv = new KvState(tokens -> (tokens + 15) / 16, 100, new long[] {7, 9}, 5);
    ServingState state =
        new ServingState(
            17,
            123,
            List.of(new WaitingRequest(new Request(4, 10, 20, 30), 1, 2, true, 3)),
            List.of(new RunningRequest(new Request(3, 9, 8, 7), 1, 2, 9, 6)),
            new ServingLimits(8, 100, 64, false),
            kv,
            new Parameters(Map.of("whole", 5L, "real", 5.0, "flag", true, "text", "5")),
            42);
    FailedCall call = FailedCall.of(saved("scheduler", state));
    ServingState again = (ServingState) call.saved().input();
    assertEquals(state.waiting(), again.waiting());
    assertEquals(state.running(), again.running());
    assertEquals(state.limits(), again.limits());
    assertEquals(state.parameters(), again.parameters());
    assertEquals(
        List.of(17L, 123L, 42L), List.of(again.iteration(), again.nowNanos(), again.seed()));
    for (int tokens = 0; tokens <= 64; tokens++) {
      assertEquals(kv.blocks(tokens), again.kv().blocks(tokens));
    }
    assertEquals(9, again.kv().freeBlocks(1));
    String beyond =
        assertThrows(IllegalStateException.class, () -> again.kv().blocks(65)).getMessage();
    assertTrue(beyond.contains("knows blocks of 0 to 64 tokens, not of 65"), beyond);
    BatchScheduler right =
        s -> new IterationPlan(List.of(), List.of(new TokenRun(3, 1)), List.of());
    call.isRightNowBy(right);
    BatchScheduler wrong =
        s -> new IterationPlan(List.of(), List.of(new TokenRun(99, 1)), List.of());
    AssertionError failure = assertThrows(AssertionError.class, () -> call.isRightNowBy(wrong));
    assertTrue(failure.getMessage().contains("runs request 99"), failure.getMessage());
  }

  @Test
  void aSplitAsksTheSameEstimates() throws IOException {
    List<Resident> batch = List.of(new Resident(1, 0, 10), new Resident(2, 1, 20));
    SplitState state =
        new SplitState(2, batch, SHAPE, ESTIMATOR, tokens -> 7L * tokens, 3, Parameters.NONE);
    FailedCall call = FailedCall.of(saved("split", state));
    SubBatchPolicy asks =
        s -> {
          assertEquals(state.serialCycles(), s.serialCycles());
          return List.of(s.batch().subList(0, 1), s.batch().subList(1, 2));
        };
    call.isRightNowBy(asks);
    SubBatchPolicy loses = s -> List.of(s.batch().subList(0, 1));
    assertThrows(AssertionError.class, () -> call.isRightNowBy(loses));
  }

  @Test
  void aCompilerSeesTheSameModel() throws IOException {
    ModelShard shard = new ModelShard(SampleVariants.MODEL, new Parallelism(2, 2));
    CompileInput input =
        new CompileInput(
            shard,
            List.of(List.of(new Resident(1, 0, 10))),
            new DeviceCapabilities(true, new MemoryCapabilities(true, false), 4),
            1,
            2);
    FailedCall call = FailedCall.of(saved("compiler", input));
    assertEquals(input, call.saved().input());
    ProgramCompiler compiler =
        new ProgramCompiler() {
          @Override
          public List<String> missing(DeviceCapabilities device) {
            return List.of();
          }

          @Override
          public Program compile(CompileInput of) {
            return new Program(List.of(), List.of());
          }
        };
    assertEquals(new Program(List.of(), List.of()), call.isRightNowBy(compiler));
    assertThrows(IllegalArgumentException.class, () -> call.isRightNowBy(ESTIMATOR));
  }

  @Test
  void anEstimateIsAskedForAgain() throws IOException {
    FailedCall call = FailedCall.of(saved("estimator", new EstimatorCall(SHAPE, 7)));
    assertEquals(21L, call.isRightNowBy(ESTIMATOR));
    assertEquals(Optional.of("returned -1 cycles"), call.saved().violation(-1L));
  }

  @Test
  void whatIsNoCallIsRefused() throws IOException {
    for (String text : List.of("", "[]", "{}", "{\"policy\": {\"kind\": \"report\"}}")) {
      Path file = Files.writeString(directory.resolve("no.json"), text);
      String words = assertThrows(InputException.class, () -> FailedCall.of(file)).getMessage();
      assertEquals(file + ": is not the saved call of a policy", words);
    }
  }

  private Path saved(String kind, Object input) throws IOException {
    Path file = directory.resolve(kind + ".json");
    PluginInfo policy = new PluginInfo(kind, "mine", "a.bundle", "1.0.0", "");
    new SavedCall(policy, "v", 17, "threw something", List.of("a line"), input)
        .frozen(64, ESTIMATOR)
        .save(file);
    return file;
  }
}
