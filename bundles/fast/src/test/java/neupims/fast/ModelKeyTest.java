// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import neupims.api.run.PluginInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelKeyTest {
  private static final String RESOLVED =
      """
      {"model": {"name": "gpt3-7b"}, "tp": 4, "pp": 1, "npu": {"matrixRows": 128}, "memory": {"timing": {"rcd": 14}},
       "device": {"runningAddresses": false}, "interconnect": {"model": "none"}, "compiler": "a", "batch": 256,
       "scheduler": "orca", "workload": {"rate": 8}, "seed": 1}
      """;

  private static List<PluginInfo> plugins(String kind, String name) {
    List<PluginInfo> plugins = new ArrayList<>();
    for (String of :
        List.of("compiler", "npu-model", "memory-model", "interconnect", "request-source")) {
      plugins.add(new PluginInfo(of, of.equals(kind) ? name : "x", "bundle", "1.0.0", "words"));
    }
    return plugins;
  }

  private static String key(String from, String to, String kind) {
    assertEquals(from.isEmpty(), RESOLVED.equals(RESOLVED.replace(from, to)), from);
    return ModelKey.of(RESOLVED.replace(from, to), false, plugins(kind, "y"), "code");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"tp\": 4', '\"tp\": 8'",
        "'\"pp\": 1', '\"pp\": 2'",
        "128, 256",
        "gpt3-7b, gpt3-13b",
        "14, 15",
        "false, true",
        "'\"batch\": 256', '\"batch\": 128'",
      })
  void whatItIsSimulatedWithMakesAnotherFit(String from, String to) {
    assertNotEquals(key("", "", ""), key(from, to, ""));
  }

  @ParameterizedTest
  @CsvSource({"none, ring", "orca, vllm", "'rate\": 8', 'rate\": 9'", "'seed\": 1', 'seed\": 2'"})
  void whatItIsNotSimulatedWithMakesNoOther(String from, String to) {
    assertEquals(key("", "", ""), key(from, to, ""));
  }

  @Test
  void theVariantsCompilerDoesNotCountTheOneThatAnswersDoes() {
    assertEquals(key("", "", ""), key("\"a\"", "\"b\"", ""));
    assertNotEquals(key("", "", ""), key("", "", "compiler"));
  }

  @ParameterizedTest
  @CsvSource({
    "npu-model, true",
    "memory-model, true",
    "interconnect, false",
    "request-source, false"
  })
  void plugInsThatAFitCallsCountAndNoOthers(String kind, boolean counts) {
    assertEquals(counts, !key("", "", "").equals(key("", "", kind)));
  }

  @Test
  void batchesWithKeysAndValuesOfAPrefillPoolAreFittedApart() {
    assertNotEquals(
        ModelKey.of(RESOLVED, true, plugins("", ""), "code"),
        ModelKey.of(RESOLVED, false, plugins("", ""), "code"));
  }

  @Test
  void otherCodeMakesAnotherFit() {
    List<PluginInfo> plugins = plugins("", "");
    assertNotEquals(
        ModelKey.of(RESOLVED, false, plugins, "code"),
        ModelKey.of(RESOLVED, false, plugins, "changed"));
  }
}
