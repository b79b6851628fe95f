// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import neupims.api.run.PluginInfo;
import neupims.api.run.ReportWriter;
import neupims.api.run.RunResult;
import neupims.api.run.VariantResult;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/** The whole result as {@code result.json}, in the schema of the machine interface. */
@Component(property = "service.description=the whole result of a run as result.json")
@NeupimsName("json")
public final class JsonReport implements ReportWriter {
  private static final int SCHEMA = 1;

  private final Gson gson =
      new GsonBuilder()
          .setStrictness(Strictness.STRICT)
          .setPrettyPrinting()
          .serializeNulls()
          .disableHtmlEscaping()
          .create();

  @Override
  public Path write(RunResult result, Path directory) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("experiment", parsed(result.experiment().resolvedJson()));
    json.put("seed", result.experiment().seed());
    json.put("plugins", plugins(result));
    json.put("variants", result.variants().stream().map(VariantJson::of).toList());
    return Files.writeString(
        directory.resolve("result.json"), gson.toJson(json) + System.lineSeparator());
  }

  private static JsonElement parsed(String json) {
    return JsonParser.parseString(json);
  }

  /** Every plug-in that took part in some variant, once. */
  private static List<PluginInfo> plugins(RunResult result) {
    TreeSet<PluginInfo> all =
        new TreeSet<>(Comparator.comparing(PluginInfo::kind).thenComparing(PluginInfo::name));
    for (VariantResult variant : result.variants()) {
      all.addAll(variant.plugins());
    }
    return List.copyOf(all);
  }
}
