// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import neupims.api.hw.MemorySpec;
import neupims.api.model.AttentionShape;
import neupims.api.run.Catalog;
import neupims.api.run.GemvCase;
import neupims.api.run.MicroBenchmarks;
import neupims.api.run.MicroResult;
import neupims.api.run.PaperComparison;
import neupims.api.run.PaperExperiment;
import neupims.api.run.RunResult;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.StreamPattern;
import neupims.api.run.Validation;
import neupims.api.run.ValidationCase;
import neupims.api.run.ValidationTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Compares with what the authors' simulator prints [R], in reference mode. Bounds are those that
 * the project sets itself for each kind of figure; none is wider for one row than for its
 * neighbours.
 */
@Component
public final class ReferenceValidation implements Validation {
  static final Setting REFERENCE = new Setting("reference", "true", "validate");

  private final Catalog catalog;
  private final Simulation simulation;
  private final MicroBenchmarks micro;

  /** Called by Declarative Services. */
  @Activate
  public ReferenceValidation(
      @Reference Catalog catalog,
      @Reference Simulation simulation,
      @Reference MicroBenchmarks micro) {
    this.catalog = catalog;
    this.simulation = simulation;
    this.micro = micro;
  }

  @Override
  public List<ValidationCase> run(Consumer<ValidationCase> observer) {
    List<ValidationCase> all = new ArrayList<>();
    all.addAll(streams(new Suite("stream", 2, observer)));
    all.addAll(gemvs(new Suite("gemv", 2, observer)));
    all.addAll(gemms(new Suite("gemm", 3, observer)));
    all.addAll(new StepCases(catalog, simulation).run(new Suite("step", 3, observer)));
    return all;
  }

  @Override
  public List<String> tables() {
    return List.of("ladder", "options", "inputs");
  }

  @Override
  public ValidationTable table(String name) {
    StepTables steps = new StepTables(catalog, simulation);
    return switch (name) {
      case "ladder" -> steps.ladder();
      case "options" -> steps.options();
      case "inputs" -> steps.inputs();
      default -> throw new IllegalArgumentException("no table " + name);
    };
  }

  @Override
  public List<PaperComparison> compare(PaperExperiment paper, RunResult result) {
    return new PaperComparisons(paper, result).all();
  }

  /** Plain memory is bounded by physics, not matched: the reference's two controllers differ. */
  private List<ValidationCase> streams(Suite suite) {
    for (Map<String, String> row : Figures.rows("micro_dram_stream.csv")) {
      String pattern = row.get("pattern");
      int requests = Integer.parseInt(row.get("requests"));
      double reference = Double.parseDouble(row.get("cycles"));
      String memory = row.get("memory");
      MicroResult ours =
          micro.stream(
              memory(memory), StreamPattern.valueOf(pattern.toUpperCase(Locale.ROOT)), requests);
      String id = memory + "." + pattern + "." + requests;
      if (memory.equals("hbm2")) {
        suite.addAlone(id, "cycles", ours.cycles(), reference, 20);
      } else {
        double bound = requests >= 1024 ? 3 : Math.max(10, 100 * 10 / reference);
        suite.add(id, "cycles", ours.cycles(), reference, bound);
      }
    }
    return suite.close();
  }

  private List<ValidationCase> gemvs(Suite suite) {
    for (Map<String, String> row : Figures.rows("micro_pim_gemv.csv")) {
      String op = row.get("op");
      int reads = Integer.parseInt(row.get("reads"));
      GemvCase work =
          new GemvCase(
              !op.equals("attend"),
              !op.equals("logit"),
              Integer.parseInt(row.get("seq_len")),
              AttentionShape.multiHead(
                  Integer.parseInt(row.get("heads")), Integer.parseInt(row.get("head_dim"))),
              reads);
      MicroResult ours = micro.gemv(memory(row.get("memory")), work);
      String id =
          "%s.%s.s%d.h%d.d%d.r%d"
              .formatted(
                  row.get("memory"),
                  op,
                  work.sequenceTokens(),
                  work.shape().heads(),
                  work.shape().headDim(),
                  reads);
      compareGemv(suite, id, "PIM cycles", ours.pimCycles(), row.get("cycles_pim"));
      if (reads > 0) {
        compareGemv(
            suite, id + ".reads", "read cycles", ours.readCycles(), row.get("cycles_reads"));
      }
    }
    return suite.close();
  }

  private static void compareGemv(Suite suite, String id, String what, long ours, String theirs) {
    double reference = Double.parseDouble(theirs);
    double bound = reference > 1000 ? 5 : Math.max(10, 100 * 20 / reference);
    suite.add(id, what, ours, reference, bound);
  }

  /**
   * The NPU of NeuPIMs is matched; that of the NPU-only baseline is held to the bound of its steps.
   */
  private List<ValidationCase> gemms(Suite suite) {
    for (Map<String, String> row : Figures.rows("micro_npu_ops.csv")) {
      if (!row.get("op").equals("gemm")) {
        continue;
      }
      int m = Integer.parseInt(row.get("M"));
      int k = Integer.parseInt(row.get("K"));
      int n = Integer.parseInt(row.get("N"));
      double reference = Double.parseDouble(row.get("cycles"));
      boolean matched = row.get("core").equals("systolic");
      String system = matched ? "neupims" : "npu-only";
      Setting choice = new Setting("system", system, "validate");
      double ours =
          micro.gemm(catalog.variant(List.of(choice, REFERENCE)).system(), m, k, n).cycles();
      String id = "%s.m%d.k%d.n%d".formatted(system, m, k, n);
      if (matched) {
        suite.add(id, "cycles", ours, reference, reference > 2000 ? 5 : 10);
      } else {
        suite.addAlone(id, "cycles", ours, reference, 15);
      }
    }
    return suite.close();
  }

  private MemorySpec memory(String name) {
    return catalog.memory(name, List.of(REFERENCE));
  }
}
