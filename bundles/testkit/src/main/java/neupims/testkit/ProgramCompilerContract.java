// SPDX-License-Identifier: Apache-2.0
package neupims.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ProgramCompiler} must do. Tried with one sub-batch and, where the compiler
 * takes them, with two.
 */
public abstract class ProgramCompilerContract {
  private static final int CASES = 60;
  private static final int CHANNELS = 32;
  private static final DeviceCapabilities ABLE = device(true, true, true);

  /** The compiler under test, a new one at each call. */
  protected abstract ProgramCompiler compiler();

  /**
   * Indices point backwards, names are unique, operands are as large as the kernels' shapes say.
   */
  @Test
  public void programsAreWellFormed() {
    for (CompileInput input : inputs()) {
      Program program = compiler().compile(input);
      new ProgramForm(program).check();
    }
  }

  /** No task starts before what it reads is written; nothing is written twice. */
  @Test
  public void tasksWaitForWhatTheyRead() {
    for (CompileInput input : inputs()) {
      new ProgramFlow(compiler().compile(input)).check();
    }
  }

  /**
   * A step multiplies every request with every weight of every layer once, of experts with those
   * that it goes to, reads each layer's K and V of each request once, as far back as the model's
   * window, and so does the block for one layer.
   */
  @Test
  public void aStepDoesAllTheWorkOnce() {
    for (CompileInput input : inputs()) {
      Program program = compiler().compile(input);
      List<Resident> batch = input.subBatches().stream().flatMap(List::stream).toList();
      new ProgramWork(
              program, input.shard(), batch, input.chunks(), Math.max(1, input.subBatches().size()))
          .check();
    }
  }

  /** The answer depends on the argument alone, neither on earlier calls nor on the instance. */
  @Test
  public void theSameInputGivesTheSameProgram() {
    ProgramCompiler used = compiler();
    for (CompileInput input : inputs()) {
      Program first = used.compile(input);
      assertEquals(first, used.compile(input));
      assertEquals(first, compiler().compile(input));
    }
  }

  /** A device that can do everything lacks nothing, one that can do nothing lacks something. */
  @Test
  public void anAbleDeviceLacksNothingAndAnEmptyOneSomething() {
    assertEquals(List.of(), compiler().missing(ABLE));
    List<String> missing = compiler().missing(device(false, false, false));
    assertFalse(missing.isEmpty());
    missing.forEach(phrase -> assertFalse(phrase.isBlank()));
  }

  /** What a device is not asked to have is not used. */
  @Test
  public void aDeviceWithoutPimGetsNoPimKernels() {
    DeviceCapabilities plain = device(true, false, false);
    if (!compiler().missing(plain).isEmpty()) {
      return;
    }
    for (CompileInput input : inputs()) {
      CompileInput onPlain =
          new CompileInput(input.shard(), input.subBatches(), input.chunks(), plain, 0, 0);
      compiler().compile(onPlain).stages().stream()
          .flatMap(stage -> stage.tasks().stream())
          .forEach(task -> assertFalse(isPim(task.kernel()), task.name()));
    }
  }

  private List<CompileInput> inputs() {
    List<CompileInput> inputs = new ArrayList<>();
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      ModelShard shard = Cases.shards().get(seed % Cases.shards().size());
      int count = Cases.between(random, 2, seed % 4 == 0 ? 5 : 300);
      List<Resident> batch = Cases.residents(random, count, CHANNELS);
      inputs.add(new CompileInput(shard, List.of(batch), ABLE, seed, 2 * seed));
      int cut = Cases.between(random, 1, count - 1);
      CompileInput two =
          new CompileInput(
              shard,
              List.of(batch.subList(0, cut), batch.subList(cut, count)),
              ABLE,
              seed,
              2 * seed);
      if (takes(two)) {
        inputs.add(two);
        inputs.add(withChunks(two, random));
      }
      inputs.add(withChunks(new CompileInput(shard, List.of(batch), ABLE, seed, seed), random));
      List<PrefillChunk> alone = List.of(chunk(random, 7));
      inputs.add(new CompileInput(shard, List.of(), alone, ABLE, seed, seed));
    }
    return inputs;
  }

  private static CompileInput withChunks(CompileInput input, Random random) {
    List<PrefillChunk> chunks = new ArrayList<>();
    for (int count = Cases.between(random, 1, 3); count > 0; count--) {
      chunks.add(chunk(random, 1_000_000 + count));
    }
    return new CompileInput(
        input.shard(), input.subBatches(), chunks, ABLE, input.seed(), input.iteration());
  }

  private static PrefillChunk chunk(Random random, long request) {
    int context = random.nextBoolean() ? 0 : Cases.between(random, 1, 500);
    return new PrefillChunk(
        request, random.nextInt(CHANNELS), context, Cases.between(random, 2, 300));
  }

  private boolean takes(CompileInput input) {
    try {
      compiler().compile(input);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static boolean isPim(Kernel kernel) {
    return kernel instanceof Kernel.PimLogitSoftmax || kernel instanceof Kernel.PimAttend;
  }

  private static DeviceCapabilities device(boolean npu, boolean gemv, boolean whileRead) {
    return new DeviceCapabilities(npu, new MemoryCapabilities(gemv, whileRead), CHANNELS);
  }
}
