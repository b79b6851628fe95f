// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import neupims.api.run.BatchEntry;
import neupims.api.run.Setting;
import neupims.api.run.StepResult;
import neupims.api.run.Variant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One decode iteration of a given batch. */
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Simulates one decode iteration of a given resident batch, at command level.",
    footer = {
      "",
      "The file is CSV with header seq_len,channel (one request a line; the channel is optional).",
      "Example: neupims step --system neupims --model gpt3-7b --requests batch.csv --json"
    })
final class StepCommand implements Callable<Integer> {
  private final Platform platform;

  @Option(names = "--system", description = "System from the catalog (default: neupims).")
  private String system = "neupims";

  @Option(
      names = "--model",
      description =
          "Decoder model: a name of the catalog, a model file or a published config.json (default:"
              + " gpt3-7b).")
  private String model = "gpt3-7b";

  @Option(names = "--tp", description = "Tensor-parallel degree (default: the model's).")
  private Integer tensor;

  @Option(names = "--pp", description = "Pipeline-parallel degree (default: the model's).")
  private Integer pipeline;

  @Option(names = "--requests", required = true, paramLabel = "FILE", description = "The batch.")
  private Path requests;

  @Mixin private SettingOptions set = new SettingOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  StepCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Variant variant = platform.services().catalog().variant(settings());
    List<BatchEntry> batch = platform.services().catalog().batch(requests);
    StepResult result = platform.services().simulation().step(variant, batch);
    result.warnings().forEach(w -> platform.err().println("warning: " + w));
    platform.out().print(json ? StepJson.text(result) : StepText.text(result));
    return 0;
  }

  private List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting("system", system, "--system"));
    settings.add(new Setting("model", model, "--model"));
    if (tensor != null) {
      settings.add(new Setting("tp", tensor.toString(), "--tp"));
    }
    if (pipeline != null) {
      settings.add(new Setting("pp", pipeline.toString(), "--pp"));
    }
    settings.addAll(set.settings());
    return settings;
  }
}
