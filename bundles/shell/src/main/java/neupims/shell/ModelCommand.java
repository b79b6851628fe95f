// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import neupims.api.model.ModelShard;
import neupims.api.run.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a decoder model is made of and what it takes. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Prints a decoder model's shape, parameters and bytes, whole and on one device. The model"
            + " is a name of the catalog, a model file or a published config.json as it is.",
    footer = {
      "",
      "Example: neupims model llama-3-8b --set model.precision.kv=fp8",
      "Example: neupims model path/config.json --json"
    })
final class ModelCommand implements Callable<Integer> {
  private final Platform platform;

  @Parameters(
      paramLabel = "MODEL",
      description = "Name of the catalog, or path of a model file or config.json.")
  private String model;

  @Option(names = "--tp", description = "Tensor-parallel degree (default: the model's).")
  private Integer tensor;

  @Option(names = "--pp", description = "Pipeline-parallel degree (default: the model's).")
  private Integer pipeline;

  @Mixin private SettingOptions set = new SettingOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ModelCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting("model", model, "MODEL"));
    if (tensor != null) {
      settings.add(new Setting("tp", tensor.toString(), "--tp"));
    }
    if (pipeline != null) {
      settings.add(new Setting("pp", pipeline.toString(), "--pp"));
    }
    settings.addAll(set.settings());
    ModelShard shard = platform.services().catalog().variant(settings).shard();
    platform.out().print(json ? ModelText.json(shard) : ModelText.text(shard));
    return 0;
  }
}
