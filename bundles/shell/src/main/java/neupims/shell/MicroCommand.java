// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import neupims.api.hw.Command;
import neupims.api.model.AttentionShape;
import neupims.api.model.DataType;
import neupims.api.run.GemmResult;
import neupims.api.run.GemvCase;
import neupims.api.run.MicroResult;
import neupims.api.run.Setting;
import neupims.api.run.StreamPattern;
import neupims.api.unit.InputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One component alone. */
@picocli.CommandLine.Command(
    name = "micro",
    mixinStandardHelpOptions = true,
    description = "Simulates one component alone: a memory channel, a PIM, an NPU.",
    footer = {
      "",
      "Example: neupims micro stream --memory pim-neupims --pattern seq --requests 4096"
    })
final class MicroCommand implements Runnable {
  private final Platform platform;

  @Spec private CommandSpec spec;

  MicroCommand(Platform platform) {
    this.platform = platform;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which one? stream, gemv or gemm");
  }

  @picocli.CommandLine.Command(
      name = "stream",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Single accesses on one channel, as fast as the controller accepts them.",
      footer = {"", "Example: neupims micro stream --memory hbm2 --pattern bankrr --requests 1024"})
  int stream(
      @Option(names = "--memory", required = true, description = "Memory from the catalog.")
          String memory,
      @Option(
              names = "--pattern",
              required = true,
              description = "seq, onerow, samebank, bankrr, bgrr or seqwrite.")
          StreamPattern pattern,
      @Option(names = "--requests", required = true, description = "Number of accesses.")
          int requests,
      @Mixin SettingOptions set,
      @Option(names = "--json", description = "Print one JSON object.") boolean json) {
    MicroResult result =
        platform.services().micro().stream(
            platform.services().catalog().memoryAlone(memory, set.settings()), pattern, requests);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("cycles", result.cycles());
    values.put("commands", commands(result));
    return print(values, json);
  }

  @picocli.CommandLine.Command(
      name = "gemv",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "One request's attention on one channel, with reads beside it.",
      footer = {
        "",
        "Example: neupims micro gemv --memory pim-neupims --op both --seq 300 --heads 8"
            + " --head-dim 128"
      })
  int gemv(
      @Option(names = "--memory", required = true, description = "Memory from the catalog.")
          String memory,
      @Option(names = "--op", required = true, description = "logit, attend or both.") String op,
      @Option(names = "--seq", required = true, description = "Tokens in the KV cache.") int tokens,
      @Option(names = "--heads", required = true, description = "Query heads.") int heads,
      @Option(names = "--kv-heads", description = "Heads of K and V (default: as many).")
          Integer kvHeads,
      @Option(names = "--head-dim", required = true, description = "Values of a head.") int headDim,
      @Option(names = "--reads", description = "Sequential reads meanwhile (default: 0).")
          int reads,
      @Mixin SettingOptions set,
      @Option(names = "--json", description = "Print one JSON object.") boolean json) {
    if (!List.of("logit", "attend", "both").contains(op)) {
      throw new InputException("--op " + op + ": expected logit, attend or both");
    }
    if (tokens < 1 || heads < 1 || headDim < 1 || reads < 0) {
      throw new InputException("--seq, --heads and --head-dim must be at least 1, --reads 0");
    }
    int shared = kvHeads == null ? heads : kvHeads;
    if (shared < 1 || heads % shared != 0) {
      throw new InputException("--kv-heads " + shared + " does not divide --heads " + heads);
    }
    AttentionShape shape = new AttentionShape(heads, shared, headDim, DataType.FP16, DataType.FP16);
    GemvCase work = new GemvCase(!op.equals("attend"), !op.equals("logit"), tokens, shape, reads);
    MicroResult result =
        platform
            .services()
            .micro()
            .gemv(platform.services().catalog().memoryAlone(memory, set.settings()), work);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("cycles", result.cycles());
    values.put("pimCycles", result.pimCycles());
    values.put("readCycles", result.readCycles());
    values.put("commands", commands(result));
    return print(values, json);
  }

  @picocli.CommandLine.Command(
      name = "gemm",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "One matrix product on a cold NPU with its memory.",
      footer = {
        "",
        "Example: neupims micro gemm --npu systolic --memory pim-neupims -m 256 -k 4096 -n 1024"
      })
  int gemm(
      @Option(names = "--npu", required = true, description = "NPU from the catalog.") String npu,
      @Option(names = "--memory", required = true, description = "Memory from the catalog.")
          String memory,
      @Option(names = "-m", required = true, description = "Rows of activations.") int rows,
      @Option(names = "-k", required = true, description = "Inner dimension.") int inner,
      @Option(names = "-n", required = true, description = "Columns of weights.") int columns,
      @Mixin SettingOptions set,
      @Option(names = "--json", description = "Print one JSON object.") boolean json) {
    if (rows < 1 || inner < 1 || columns < 1) {
      throw new InputException("-m, -k and -n must be at least 1");
    }
    List<Setting> settings = new ArrayList<>();
    settings.add(new Setting("system", "neupims", "micro gemm"));
    settings.add(new Setting("npu", npu, "--npu"));
    settings.add(new Setting("memory", memory, "--memory"));
    settings.addAll(set.settings());
    GemmResult result =
        platform
            .services()
            .micro()
            .gemm(platform.services().catalog().variant(settings).system(), rows, inner, columns);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("cycles", result.cycles());
    values.put("computeCycles", result.computeCycles());
    values.put("loadBytes", result.loadBytes());
    values.put("storeBytes", result.storeBytes());
    return print(values, json);
  }

  private int print(Map<String, Object> values, boolean json) {
    if (json) {
      platform.out().println(Json.GSON.toJson(values));
      return 0;
    }
    Table table = new Table(1, "FIGURE", "VALUE");
    values.forEach((name, value) -> rows(table, name, value));
    platform.out().print(table);
    return 0;
  }

  /** A row for a figure, for commands one for each that was issued. */
  private static void rows(Table table, String name, Object value) {
    if (value instanceof Map<?, ?> counts) {
      counts.forEach(
          (command, count) -> {
            if ((Long) count > 0) {
              rows(table, command.toString(), count);
            }
          });
    } else {
      table.row(name, String.format(Locale.ROOT, "%,d", value));
    }
  }

  private static Map<String, Long> commands(MicroResult result) {
    Map<String, Long> commands = new LinkedHashMap<>();
    for (Command command : Command.values()) {
      commands.put(command.name(), result.commands().getOrDefault(command, 0L));
    }
    return commands;
  }
}
