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
import java.util.function.BiFunction;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.run.PluginInfo;
import neupims.api.run.ReportWriter;
import neupims.api.run.RunResult;
import neupims.api.run.Swap;
import neupims.api.run.VariantResult;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

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

  private final BiFunction<Experiment, List<List<Swap>>, String> recorder;

  /** Called by Declarative Services. */
  @Activate
  public JsonReport(@Reference Catalog catalog) {
    this(catalog::recording);
  }

  JsonReport(BiFunction<Experiment, List<List<Swap>>, String> recorder) {
    this.recorder = recorder;
  }

  @Override
  public Path write(RunResult result, Path directory) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("experiment", parsed(asItHappened(result)));
    json.put("seed", result.experiment().seed());
    json.put("plugins", plugins(result));
    json.put("variants", result.variants().stream().map(VariantJson::of).toList());
    return Files.writeString(
        directory.resolve("result.json"), gson.toJson(json) + System.lineSeparator());
  }

  private String asItHappened(RunResult result) {
    return recorder.apply(
        result.experiment(), result.variants().stream().map(VariantResult::swaps).toList());
  }

  private static JsonElement parsed(String json) {
    return JsonParser.parseString(json);
  }

  /** Every plug-in that took part in some variant, once. */
  private static List<PluginInfo> plugins(RunResult result) {
    TreeSet<PluginInfo> all =
        new TreeSet<>(
            Comparator.comparing(PluginInfo::kind)
                .thenComparing(PluginInfo::name)
                .thenComparing(PluginInfo::version));
    for (VariantResult variant : result.variants()) {
      all.addAll(variant.plugins());
    }
    return List.copyOf(all);
  }
}
