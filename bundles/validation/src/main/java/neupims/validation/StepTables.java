// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import neupims.api.run.Catalog;
import neupims.api.run.Setting;
import neupims.api.run.Simulation;
import neupims.api.run.ValidationTable;

/** Tables of steps: cycles of a block of GPT3-7B, TP 4, for inputs of the reference. */
final class StepTables {
  private static final List<String> SYSTEMS =
      List.of("npu-only", "npu-pim", "neupims-serial", "neupims");

  private static final List<String> INPUTS =
      List.of(
          "sharegpt_b64_packed",
          "sharegpt_b64_rr",
          "sharegpt_b128_packed",
          "sharegpt_b128_rr",
          "sharegpt_b256_packed",
          "sharegpt_b256_rr");

  private final Catalog catalog;
  private final Simulation simulation;

  StepTables(Catalog catalog, Simulation simulation) {
    this.catalog = catalog;
    this.simulation = simulation;
  }

  /** Options switched off one after the other, and the default beside them. */
  ValidationTable ladder() {
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> row : Figures.rows("ladder.csv")) {
      List<Setting> settings = new ArrayList<>(List.of(ReferenceValidation.REFERENCE));
      if (!row.get("off").isEmpty()) {
        for (String option : row.get("off").split(" ")) {
          settings.add(setting("reference." + option, "false"));
        }
      }
      double reference = Double.parseDouble(row.get("reference"));
      long ours = cycles(row.get("system"), row.get("input"), settings);
      long standard = cycles(row.get("system"), row.get("input"), List.of());
      rows.add(
          List.of(
              row.get("step"),
              whole(Math.round(reference)),
              whole(ours),
              percent(ours / reference),
              whole(standard)));
    }
    return new ValidationTable(
        List.of("step", "reference", "ours, reference mode", "error", "ours, default"), rows);
  }

  /** What each option changes alone in default mode, batch 256. */
  ValidationTable options() {
    long[] standard = new long[SYSTEMS.size()];
    for (int s = 0; s < standard.length; s++) {
      standard[s] = cycles(SYSTEMS.get(s), input(s), List.of());
    }
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> option : Figures.rows("options.csv")) {
      List<String> row = new ArrayList<>(List.of("`" + option.get("option") + "`"));
      List<String> having = List.of(option.get("systems").split(" "));
      Setting on = setting("reference." + option.get("option"), "true");
      for (int s = 0; s < standard.length; s++) {
        boolean has = having.contains(SYSTEMS.get(s));
        row.add(
            has
                ? percent(cycles(SYSTEMS.get(s), input(s), List.of(on)) / (double) standard[s])
                : "");
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("option"));
    header.addAll(SYSTEMS);
    return new ValidationTable(header, rows);
  }

  /** The PIM systems on one file each, in both modes. */
  ValidationTable inputs() {
    List<String> systems = SYSTEMS.subList(1, SYSTEMS.size());
    List<String> header = new ArrayList<>(List.of("input"));
    systems.forEach(system -> header.add(system + ", ref. mode"));
    header.addAll(systems);
    List<List<String>> rows = new ArrayList<>();
    for (String input : INPUTS) {
      List<String> row = new ArrayList<>(List.of(input));
      for (List<Setting> mode :
          List.of(List.of(ReferenceValidation.REFERENCE), List.<Setting>of())) {
        systems.forEach(system -> row.add(whole(cycles(system, input, mode))));
      }
      rows.add(row);
    }
    return new ValidationTable(header, rows);
  }

  /** Requests are dealt in turn for systems that balance nothing. */
  private static String input(int system) {
    return system < 2 ? "sharegpt_b256_rr" : "sharegpt_b256_packed";
  }

  private long cycles(String system, String input, List<Setting> more) {
    List<Setting> settings =
        new ArrayList<>(
            List.of(setting("system", system), setting("model", "gpt3-7b"), setting("tp", "4")));
    settings.addAll(more);
    return simulation
        .step(catalog.variant(settings), Inputs.batch(input + ".csv"))
        .device()
        .blockCycles();
  }

  private static Setting setting(String path, String value) {
    return new Setting(path, value, "validate");
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double ratio) {
    String text = String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio - 1));
    return text.substring(1).equals("0.0 %") ? "0.0 %" : text;
  }
}
