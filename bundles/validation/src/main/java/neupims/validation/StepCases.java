// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import neupims.api.metric.StageReport;
import neupims.api.run.BatchEntry;
import neupims.api.run.Catalog;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.StepResult;
import neupims.api.run.ValidationCase;

/** Whole decode steps: every stage of the PIM systems, the block of the NPU-only one. */
final class StepCases {
  private static final double STAGE_BOUND_PERCENT = 8;
  private static final double NPU_ONLY_BOUND_PERCENT = 15;

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
    }
    return suite.close();
  }

  private StepResult simulate(Map<String, String> row) {
    List<Setting> settings =
        List.of(
            setting("system", row.get("system")),
            setting("model", row.get("model")),
            setting("tp", row.get("tp")),
            ReferenceValidation.REFERENCE);
    List<BatchEntry> batch = new ArrayList<>();
    for (Map<String, String> request : Figures.rows("inputs/" + row.get("requests"))) {
      batch.add(
          new BatchEntry(
              Integer.parseInt(request.get("seq_len")), Integer.parseInt(request.get("ch_idx"))));
    }
    return simulation.step(catalog.variant(settings), batch);
  }

  private static Setting setting(String path, String value) {
    return new Setting(path, value, "validate");
  }
}
