// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import java.util.List;
import java.util.Map;
import neupims.api.hw.Command;
import neupims.api.metric.StageReport;
import neupims.api.run.Catalog;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.ValidationCase;

/**
 * Whole decode steps: every stage and the commands of the PIM systems, the block of the NPU-only
 * one.
 */
final class StepCases {
  private static final double STAGE_BOUND_PERCENT = 8;
  private static final double NPU_ONLY_BOUND_PERCENT = 15;

  /** Reads and the PIM's commands follow from the work alone. */
  private static final double WORK_BOUND_PERCENT = 1;

  /** Refreshes follow from the cycles, activates from the order of accesses. */
  private static final double ORDER_BOUND_PERCENT = 5;

  /** Writes that wait at the end are in no count, of either; hundreds a channel for some inputs. */
  private static final double WRITE_BOUND_PERCENT = 15;

  private final Catalog catalog;
  private final Simulation simulation;

  StepCases(Catalog catalog, Simulation simulation) {
    this.catalog = catalog;
    this.simulation = simulation;
  }

  List<ValidationCase> run(Suite suite) {
    for (Map<String, String> row : Figures.rows("steps.csv")) {
      StepResult ours = simulate(row);
      String id = row.get("id");
      if (row.get("system").equals("npu-only")) {
        double reference = Double.parseDouble(row.get("block"));
        suite.addAlone(
            id, "block cycles", ours.device().blockCycles(), reference, NPU_ONLY_BOUND_PERCENT);
        continue;
      }
      for (StageReport stage : ours.device().stages()) {
        double reference = Double.parseDouble(row.get("stage_" + stage.name()));
        suite.add(
            id + "." + stage.name(),
            "stage cycles",
            stage.cycles(),
            reference,
            STAGE_BOUND_PERCENT);
      }
      commands(suite, id, ours.device().commands(), row);
    }
    return suite.close();
  }

  private static void commands(
      Suite suite, String id, Map<Command, Long> ours, Map<String, String> row) {
    command(suite, id, ours, Command.RD, row.get("n_read"), WORK_BOUND_PERCENT);
    command(suite, id, ours, Command.WR, row.get("n_write"), WRITE_BOUND_PERCENT);
    command(suite, id, ours, Command.ACT, row.get("n_act"), ORDER_BOUND_PERCENT);
    command(suite, id, ours, Command.REF, row.get("n_ref"), ORDER_BOUND_PERCENT);
    command(suite, id, ours, Command.GWRITE, row.get("n_gwrite"), WORK_BOUND_PERCENT);
    command(suite, id, ours, Command.PIM_ACT, row.get("n_gact"), WORK_BOUND_PERCENT);
    command(suite, id, ours, Command.PIM_COMP, row.get("n_comp"), WORK_BOUND_PERCENT);
    command(suite, id, ours, Command.PIM_RDRES, row.get("n_readres"), WORK_BOUND_PERCENT);
  }

  private static void command(
      Suite suite,
      String id,
      Map<Command, Long> ours,
      Command command,
      String reference,
      double bound) {
    suite.addAlone(
        id + "." + command, "commands", ours.get(command), Double.parseDouble(reference), bound);
  }

  private StepResult simulate(Map<String, String> row) {
    List<Setting> settings =
        List.of(
            setting("system", row.get("system")),
            setting("model", row.get("model")),
            setting("tp", row.get("tp")),
            ReferenceValidation.REFERENCE);
    return simulation.step(catalog.variant(settings), Inputs.batch(row.get("requests")));
  }

  private static Setting setting(String path, String value) {
    return new Setting(path, value, "validate");
  }
}
