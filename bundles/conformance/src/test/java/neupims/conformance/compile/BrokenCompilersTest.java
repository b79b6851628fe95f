// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.compile;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.program.Kernel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.program.Stage;
import neupims.api.program.Task;
import neupims.api.program.Tensor;
import neupims.api.program.VectorOp;
import neupims.conformance.Broken;
import neupims.conformance.Contracts;
import org.junit.jupiter.api.Test;

/** Compilers that break one property each; those of the distribution are tried by their tests. */
final class BrokenCompilersTest {
  private final AtomicInteger calls = new AtomicInteger();

  /** Compiles everything to one program. */
  private record Fixed(Supplier<Program> program, List<String> lacks) implements ProgramCompiler {
    @Override
    public List<String> missing(DeviceCapabilities device) {
      return lacks;
    }

    @Override
    public Program compile(CompileInput input) {
      return program.get();
    }
  }

  private static ProgramCompiler to(Kernel kernel, String name, Integer... after) {
    return new Fixed(() -> program(kernel, name, after), List.of());
  }

  private static Program program(Kernel kernel, String name, Integer... after) {
    List<Tensor> tensors =
        List.of(
            new Tensor("in", 32, Tensor.Kind.ACTIVATION),
            new Tensor("middle", 32, Tensor.Kind.ACTIVATION),
            new Tensor("out", 32, Tensor.Kind.ACTIVATION));
    Task first = new Task("first", kernel, List.of(), List.of(0), 1);
    Task second = new Task(name, kernel, List.of(after), List.of(1), 2);
    Stage stage = new Stage("A", Stage.Repeat.EVERY_LAYER, true, List.of(first, second));
    return new Program(tensors, List.of(stage));
  }

  @Test
  void everyPropertyCanFail() {
    Kernel gelu = new Kernel.Vector(VectorOp.GELU, 2, 8);
    Kernel pim = new Kernel.PimLogitSoftmax(List.of(new Resident(1, 0, 10)), 1, 4);
    new Broken<ProgramCompiler>()
        .add("well-formed programs", "share names", () -> to(gelu, "first", 0))
        .add("causality", "does not wait for middle", () -> to(gelu, "second"))
        .add("work conservation", "MACs of a step", () -> to(gelu, "second", 0))
        .add("KV conservation", "K of each request", () -> to(gelu, "second", 0))
        .add(
            "determinism",
            "compiled again",
            () -> new Fixed(() -> program(gelu, "task" + calls.getAndIncrement(), 0), List.of()))
        .add("capabilities", "nothing is missing", () -> to(gelu, "second", 0))
        .add("no PIM without PIM", "a PIM kernel", () -> to(pim, "second", 0))
        .assertEachIsFound(Contracts::compiler);
  }
}
