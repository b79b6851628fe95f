// SPDX-License-Identifier: Apache-2.0
package neupims.conformance.hw;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.Resident;
import neupims.conformance.Expect;
import neupims.conformance.Property;

/**
 * What every {@link NpuModel} must do, tried on kernels of all kinds.
 *
 * @param specs NPUs to try it on; a kernel that one of them refuses is left out there, but not all
 *     may be
 */
public record NpuProperties(Function<NpuModel, List<NpuSpec>> specs) {

  /** Looks at a plan. */
  @FunctionalInterface
  private interface PlanCheck {
    void check(NpuPlan plan, Kernel kernel, NpuSpec npu);
  }

  /** The properties. */
  public List<Property<NpuModel>> all() {
    return List.of(
        new Property<>(
            "well-formed plans",
            "steps wait only for slots and steps that are there, no time is negative",
            fresh -> each(fresh, (plan, kernel, npu) -> PlanForm.check(plan))),
        new Property<>(
            "peak compute",
            "a kernel's MACs are what its shape says, and take no less than MACs / peak",
            fresh -> each(fresh, NpuProperties::peak)),
        new Property<>(
            "work conservation",
            "every byte of the output is stored exactly once",
            fresh -> each(fresh, (plan, kernel, npu) -> PlanBytes.stores(plan, kernel))),
        new Property<>(
            "bytes loaded",
            "every byte of the inputs, weights and KV cache is loaded, so that no kernel is faster"
                + " than bytes / bandwidth",
            fresh -> each(fresh, (plan, kernel, npu) -> PlanBytes.loads(plan, kernel))),
        new Property<>(
            "SRAM",
            "what a tile loads fits half of the scratchpad, what it stores half of the"
                + " accumulators",
            fresh -> each(fresh, NpuProperties::fits)),
        new Property<>(
            "causality",
            "what is stored was computed from something that was loaded",
            fresh -> each(fresh, (plan, kernel, npu) -> PlanForm.waits(plan, kernel))),
        new Property<>(
            "determinism",
            "the same kernel gets the same plan, whatever was planned before",
            this::determinism),
        new Property<>(
            "softmax of PIM results",
            "one tile for each resident, without loads, its scores stored from offset 0",
            fresh -> each(fresh, NpuProperties::softmax)));
  }

  private String each(Supplier<NpuModel> fresh, PlanCheck check) {
    NpuModel model = fresh.get();
    int planned = 0;
    String refusal = "";
    for (NpuSpec npu : specs.apply(model)) {
      for (Kernel kernel : NpuKernels.all()) {
        NpuPlan plan;
        try {
          plan = model.plan(npu, kernel);
        } catch (IllegalArgumentException e) {
          refusal = e.getMessage();
          continue;
        }
        planned++;
        check.check(plan, kernel, npu);
      }
    }
    Expect.that(planned > 0, "it refuses every kernel: " + refusal);
    return planned + " kernels";
  }

  private static void peak(NpuPlan plan, Kernel kernel, NpuSpec npu) {
    Expect.equal(NpuKernels.macs(kernel), plan.macs(), "MACs of " + shown(kernel));
    long cycles = PlanForm.cycles(plan);
    long least = (plan.macs() + npu.peakMacsPerCycle() - 1) / npu.peakMacsPerCycle();
    Expect.that(
        cycles >= least,
        "%d cycles for %d MACs at %d a cycle: %s"
            .formatted(cycles, plan.macs(), npu.peakMacsPerCycle(), shown(kernel)));
  }

  private static void fits(NpuPlan plan, Kernel kernel, NpuSpec npu) {
    for (NpuTile tile : plan.tiles()) {
      long loaded = 0;
      for (int slot = 0; slot < tile.loads(); slot++) {
        loaded += tile.loadBytes(slot);
      }
      long stored = 0;
      for (int slot = 0; slot < tile.stores(); slot++) {
        stored += tile.storeBytes(slot);
      }
      String of = " bytes of a tile of " + shown(kernel) + ", half of the buffer are ";
      Expect.that(loaded <= npu.scratchpadBytes() / 2, loaded + of + npu.scratchpadBytes() / 2);
      Expect.that(stored <= npu.accumulatorBytes() / 2, stored + of + npu.accumulatorBytes() / 2);
    }
  }

  private static void softmax(NpuPlan plan, Kernel kernel, NpuSpec npu) {
    if (!(kernel instanceof Kernel.PimLogitSoftmax logit)) {
      return;
    }
    Expect.equal(logit.residents().size(), plan.tiles().size(), "tiles of a softmax");
    for (int i = 0; i < plan.tiles().size(); i++) {
      NpuTile tile = plan.tiles().get(i);
      Resident resident = logit.residents().get(i);
      Expect.equal(0, tile.loads(), "loads of the softmax of " + resident);
      Covered scores = new Covered("scores of " + resident);
      for (int slot = 0; slot < tile.stores(); slot++) {
        scores.add(tile.storeOffset(slot), tile.storeBytes(slot));
      }
      long bytes = (long) resident.sequenceTokens() * logit.shape().kv().bytes();
      scores.requireOnce(0, logit.shape().heads() * bytes);
    }
  }

  private String determinism(Supplier<NpuModel> fresh) {
    NpuModel used = fresh.get();
    int planned = 0;
    for (NpuSpec npu : specs.apply(used)) {
      for (Kernel kernel : NpuKernels.all()) {
        String first = text(used, npu, kernel);
        Expect.equal(first, text(used, npu, kernel), "planned again: " + shown(kernel));
        Expect.equal(first, text(fresh.get(), npu, kernel), "new instance: " + shown(kernel));
        planned++;
      }
    }
    return planned + " kernels, three times each";
  }

  private static String text(NpuModel model, NpuSpec npu, Kernel kernel) {
    try {
      return PlanForm.text(model.plan(npu, kernel));
    } catch (IllegalArgumentException refused) {
      return "refused";
    }
  }

  /** A kernel without the list of its residents. */
  static String shown(Kernel kernel) {
    String text = kernel.toString();
    if (kernel instanceof Kernel.ExpertGemm gemm) {
      int rows = gemm.experts().stream().mapToInt(ExpertRows::rows).sum();
      return "ExpertGemm of %d rows".formatted(rows);
    }
    return text.length() <= 120 ? text : text.substring(0, 120) + "...";
  }
}
