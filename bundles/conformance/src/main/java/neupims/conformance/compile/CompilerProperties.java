// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.hw.MemoryCapabilities;
import neupims.api.model.ModelShard;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.conformance.Cases;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/**
 * What every {@link ProgramCompiler} must do. Tried with one sub-batch and, where the compiler
 * takes them, with two, with prompts and without.
 */
public final class CompilerProperties {
  private static final int CASES = 60;
  private static final int CHANNELS = 32;
  private static final DeviceCapabilities ABLE = device(true, true, true);

  private CompilerProperties() {}

  /** Looks at the program of an input. */
  @FunctionalInterface
  private interface ProgramCheck {
    void check(CompileInput input, Program program);
  }

  /** The properties. */
  public static List<Property<ProgramCompiler>> all() {
    return List.of(
        new Property<>(
            "well-formed programs",
            "indices point backwards, names are unique, operands are as large as shapes say",
            fresh -> each(fresh, (input, program) -> new ProgramForm(program).check())),
        new Property<>(
            "causality",
            "no task starts before what it reads is written, nothing is written twice",
            fresh -> each(fresh, (input, program) -> new ProgramFlow(program).check())),
        new Property<>(
            "work conservation",
            "a step multiplies every token with every weight of every layer once, of experts with"
                + " those that it goes to, and so does the block for one layer",
            fresh -> each(fresh, (input, program) -> work(input, program).checkWork())),
        new Property<>(
            "KV conservation",
            "a step reads each layer's K and V of each request once, as far back as the window,"
                + " copies those of prompts to their channels where a PIM needs them, and writes"
                + " what has come over a link",
            fresh -> each(fresh, (input, program) -> work(input, program).checkKv())),
        new Property<>(
            "determinism",
            "the answer depends on the argument alone, neither on earlier calls nor on the"
                + " instance",
            CompilerProperties::determinism),
        new Property<>(
            "capabilities",
            "a device that can do everything lacks nothing, one that can do nothing lacks"
                + " something",
            CompilerProperties::capabilities),
        new Property<>(
            "no PIM without PIM",
            "a device without PIM that lacks nothing gets no PIM kernels",
            CompilerProperties::withoutPim));
  }

  private static String each(Supplier<ProgramCompiler> fresh, ProgramCheck check) {
    ProgramCompiler compiler = fresh.get();
    List<CompileInput> inputs = inputs(compiler);
    for (CompileInput input : inputs) {
      check.check(input, compiler.compile(input));
    }
    return inputs.size() + " batches of " + Cases.shards().size() + " models";
  }

  private static ProgramWork work(CompileInput input, Program program) {
    List<Resident> batch = input.subBatches().stream().flatMap(List::stream).toList();
    int subBatches = Math.max(1, input.subBatches().size());
    return new ProgramWork(
        program, input.shard(), batch, input.chunks(), input.received(), subBatches);
  }

  private static String determinism(Supplier<ProgramCompiler> fresh) {
    ProgramCompiler used = fresh.get();
    List<CompileInput> inputs = inputs(used);
    for (CompileInput input : inputs) {
      Program first = used.compile(input);
      Expect.equal(first, used.compile(input), "the same batch compiled again");
      Expect.equal(first, fresh.get().compile(input), "the same batch by a new instance");
    }
    return inputs.size() + " batches, three times each";
  }

  private static String capabilities(Supplier<ProgramCompiler> fresh) {
    ProgramCompiler compiler = fresh.get();
    Expect.equal(List.of(), compiler.missing(ABLE), "missing in a device with everything");
    List<String> missing = compiler.missing(device(false, false, false));
    Expect.that(!missing.isEmpty(), "nothing is missing in a device with nothing");
    missing.forEach(phrase -> Expect.that(!phrase.isBlank(), "a blank phrase in " + missing));
    return "two devices";
  }

  private static String withoutPim(Supplier<ProgramCompiler> fresh) {
    ProgramCompiler compiler = fresh.get();
    DeviceCapabilities plain = device(true, false, false);
    if (!compiler.missing(plain).isEmpty()) {
      return "it refuses such a device";
    }
    List<CompileInput> inputs = inputs(compiler);
    for (CompileInput input : inputs) {
      CompileInput onPlain =
          new CompileInput(
              input.shard(), input.subBatches(), input.chunks(), input.received(), plain, 0, 0);
      for (Stage stage : compiler.compile(onPlain).stages()) {
        for (Task task : stage.tasks()) {
          Expect.that(!isPim(task.kernel()), "a PIM kernel in task " + task.name());
        }
      }
    }
    return inputs.size() + " batches";
  }

  private static List<CompileInput> inputs(ProgramCompiler compiler) {
    List<CompileInput> inputs = new ArrayList<>();
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      ModelShard shard = Cases.shards().get(seed % Cases.shards().size());
      int count = Cases.between(random, 2, seed % 4 == 0 ? 5 : 300);
      List<Resident> batch = Cases.residents(random, count, CHANNELS);
      inputs.add(new CompileInput(shard, List.of(batch), ABLE, seed, 2 * seed));
      int cut = Cases.between(random, 1, count - 1);
      List<List<Resident>> parts = List.of(batch.subList(0, cut), batch.subList(cut, count));
      CompileInput two = new CompileInput(shard, parts, ABLE, seed, 2 * seed);
      if (takes(compiler, two)) {
        inputs.add(two);
        inputs.add(withChunks(two, random));
        inputs.add(withReceived(two, random));
      }
      inputs.add(withReceived(new CompileInput(shard, List.of(batch), ABLE, seed, 3), random));
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

  /** Some of the requests have just come over a link. */
  private static CompileInput withReceived(CompileInput input, Random random) {
    List<PrefillChunk> received = new ArrayList<>();
    for (List<Resident> batch : input.subBatches()) {
      for (Resident r : batch.subList(0, Cases.between(random, 1, batch.size()))) {
        int tokens = Math.max(1, input.shard().model().keptTokens(r.sequenceTokens()) - 1);
        received.add(new PrefillChunk(r.request(), r.channel(), 0, tokens));
      }
    }
    return new CompileInput(
        input.shard(), input.subBatches(), input.chunks(), received, ABLE, input.seed(), 3);
  }

  private static PrefillChunk chunk(Random random, long request) {
    int context = random.nextBoolean() ? 0 : Cases.between(random, 1, 500);
    return new PrefillChunk(
        request, random.nextInt(CHANNELS), context, Cases.between(random, 2, 300));
  }

  private static boolean takes(ProgramCompiler compiler, CompileInput input) {
    try {
      compiler.compile(input);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static boolean isPim(Kernel kernel) {
    boolean spread =
        kernel instanceof Kernel.KvAppend append
            && append.chunks().stream().allMatch(c -> c.channel() == PrefillChunk.NO_CHANNEL);
    return kernel.chain() != Kernel.Chain.NPU && !spread;
  }

  private static DeviceCapabilities device(boolean npu, boolean gemv, boolean whileRead) {
    return new DeviceCapabilities(npu, new MemoryCapabilities(gemv, whileRead), CHANNELS);
  }
}
