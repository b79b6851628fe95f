// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;

/** Everything that a fit depends on, as text. */
final class ModelKey {
  /** Parts of a resolved variant that a fit depends on. */
  private static final List<String> PARTS =
      List.of("model", "tp", "pp", "npu", "memory", "device", "batch");

  /**
   * Plug-ins that a fit calls: a program's way to its cycles. The compiler is the one that answers,
   * whichever the variant began with.
   */
  private static final Set<String> KINDS =
      Set.of(
          PluginKind.COMPILER.word(), PluginKind.NPU_MODEL.word(), PluginKind.MEMORY_MODEL.word());

  private ModelKey() {}

  /**
   * The values, plug-ins and code of a fit.
   *
   * @param resolvedJson of the variant
   * @param received whether K and V come from a prefill pool
   * @param plugins those that take part in the run
   * @param code of the parts, as {@link CodeDigest} has it
   */
  static String of(String resolvedJson, boolean received, List<PluginInfo> plugins, String code) {
    JsonObject resolved = JsonParser.parseString(resolvedJson).getAsJsonObject();
    StringBuilder key = new StringBuilder();
    for (String part : PARTS) {
      JsonElement value = resolved.get(part);
      key.append(part).append('=').append(value).append('\n');
    }
    if (received) {
      key.append("prefill=separate\n");
    }
    for (PluginInfo plugin : plugins) {
      if (KINDS.contains(plugin.kind())) {
        key.append(plugin).append('\n');
      }
    }
    return key.append(code).toString();
  }
}
