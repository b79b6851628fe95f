// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.json;
import static neupims.catalog.TestCatalog.onlyVariant;
import static neupims.catalog.TestCatalog.origin;
import static neupims.catalog.TestCatalog.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import neupims.api.run.Experiment;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.run.Variant;
import neupims.api.unit.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Swaps in experiment files and recordings. */
class SwapsTest {
  private static final String WORKLOAD =
      "'workload':{'source':'all-at-once','dataset':'sharegpt'},'system':'neupims'";

  @TempDir Path directory;

  private Path file(String name, String json) throws IOException {
    return Files.writeString(
        directory.resolve(name), json.replace("WORKLOAD", WORKLOAD).replace('\'', '"'));
  }

  @Test
  void anEntryOfSeveralPoliciesIsASwapOfEach() throws IOException {
    Path file =
        file("a.json", "{WORKLOAD,'swaps':[{'atSeconds':1.5,'split':'none','scheduler':'orca'}]}");
    Moment at = Moment.atSeconds(1.5);
    assertEquals(
        List.of(
            new Swap(at, new PolicyChoice(PluginKind.SCHEDULER, "orca", Parameters.NONE)),
            new Swap(at, new PolicyChoice(PluginKind.SPLIT, "none", Parameters.NONE))),
        onlyVariant(file).live().swaps());
  }

  @Test
  void aVariantsSwapsTakeThePlaceOfTheExperiments() throws IOException {
    Path file =
        file(
            "a.json",
            "{WORKLOAD,'swaps':[{'atIteration':5,'split':'none'}],'variants':[{'name':'own','set':"
                + "{'swaps':[]}},{'name':'shared','set':{}}]}");
    List<Variant> variants = CATALOG.experiment(file, List.of()).variants();
    assertEquals(List.of(), variants.get(0).live().swaps());
    assertEquals(1, variants.get(1).live().swaps().size());
    assertFalse(json(variants.get(0)).has("swaps"));
  }

  @Test
  void variantsThatSwapDifferentlyAreNotTheSame() throws IOException {
    Path file =
        file(
            "a.json",
            "{WORKLOAD,'variants':[{'name':'a','set':{}},{'name':'b','set':{'swaps':"
                + "[{'atIteration':5,'split':'none'}]}}]}");
    assertEquals(2, CATALOG.experiment(file, List.of()).variants().size());
  }

  @Test
  void fallbacksAndLimitsAreKeysLikeOthers() throws IOException {
    Path file =
        file("a.json", "{WORKLOAD,'fallback':{'scheduler':'orca'},'limits.policySeconds':0.5}");
    Variant variant = onlyVariant(file, "fallback.split=none", "limits.pluginWaitSeconds=2");
    assertEquals("orca", variant.live().fallback(PluginKind.SCHEDULER).orElseThrow().name());
    assertEquals("none", variant.live().fallback(PluginKind.SPLIT).orElseThrow().name());
    assertEquals(Optional.empty(), variant.live().fallback(PluginKind.COMPILER));
    assertEquals(0.5, variant.live().policySeconds());
    assertEquals(2, variant.live().pluginWaitSeconds());
    assertEquals(30, onlyVariant(file("b.json", "{WORKLOAD}")).live().pluginWaitSeconds());
  }

  /** The same values, swaps and origins to the last byte, wherever the recording lies. */
  @Test
  void aRecordingResolvesToItself() throws IOException {
    Path file =
        file(
            "a.json",
            "{WORKLOAD,'variants':[{'name':'a','set':{'batch':7,'swaps':"
                + "[{'atIteration':5,'split':'none'}]}},{'name':'b','set':{}}]}");
    Experiment first = CATALOG.experiment(file, set("memory.timing.rcd=15"));
    Swap lost =
        new Swap(
            new Moment(Optional.of(9L), Optional.empty(), 3),
            new PolicyChoice(PluginKind.SCHEDULER, "orca", Optional.of("1.0.0"), Parameters.NONE),
            Swap.FAILED,
            "java.lang.IllegalStateException: \"boom\"");
    Variant variant = first.variants().get(0);
    Swap kept =
        new Swap(
            Moment.atIteration(11),
            new PolicyChoice(
                PluginKind.MEMORY_MODEL,
                variant.system().memory().model(),
                Optional.of("1.0.0"),
                Parameters.NONE),
            Swap.KEPT,
            "its bundle was removed");
    List<List<Swap>> happened =
        List.of(List.of(variant.live().swaps().get(0), lost, kept), List.of());
    String recorded = CATALOG.recording(first, happened);
    JsonObject json = JsonParser.parseString(recorded).getAsJsonObject();
    json.addProperty("recordedIn", first.directory().toString());
    Path elsewhere = Files.createDirectory(directory.resolve("out")).resolve("recording.json");
    Files.writeString(elsewhere, json.toString());
    Experiment again = CATALOG.experiment(elsewhere, List.of());
    assertEquals(recorded, again.resolvedJson());
    assertEquals(happened.get(0), again.variants().get(0).live().swaps());
    assertEquals(
        "--set memory.timing.rcd=15", origin(again.variants().get(0), "memory.timing.rcd"));
    assertEquals(first.directory(), again.directory());
    assertEquals(first.variants().get(1).system(), again.variants().get(1).system());
  }

  @Test
  void ofARecordingWhoseBundlesAreOthersNowTheUserIsWarned() throws IOException {
    String same = "'engine (1.0.0, content 1234)','scheduler orca (bundle 1.0.0, content aaaa)'";
    assertEquals(List.of(), warnings(same));
    assertEquals(
        List.of(
            "the recorded run began with engine (0.9.0, content 99), now engine (1.0.0, content"
                + " 1234); scheduler orca (bundle 1.0.0, content bbbb), now scheduler orca (bundle"
                + " 1.0.0, content aaaa); split mine (x 1.0.0), which is not there: the result may"
                + " be another"),
        warnings(
            "'engine (0.9.0, content 99)','scheduler orca (bundle 1.0.0, content bbbb)',"
                + "'split mine (x 1.0.0)'"));
  }

  private List<String> warnings(String bundles) throws IOException {
    Path file =
        file(
            "r.json",
            "{WORKLOAD,'recordedIn':'" + directory + "','recordedWith':[" + bundles + "]}");
    return CATALOG.experiment(file, List.of()).warnings();
  }

  @Test
  void filesOfARecordingAreWhereTheyWere() throws IOException {
    file("trace.csv", "arrival_seconds,prompt_tokens,output_tokens");
    Path file =
        file("a.json", "{'workload':{'source':'filed','file':'trace.csv'},'system':'neupims'}");
    Experiment first = CATALOG.experiment(file, List.of());
    JsonObject json = JsonParser.parseString(first.resolvedJson()).getAsJsonObject();
    json.addProperty("recordedIn", first.directory().toString());
    Path elsewhere = Files.createDirectory(directory.resolve("out")).resolve("recording.json");
    Files.writeString(elsewhere, json.toString());
    Experiment again = CATALOG.experiment(elsewhere, List.of());
    assertEquals(
        Files.readString(first.variants().get(0).workload().parameters().file("file")),
        Files.readString(again.variants().get(0).workload().parameters().file("file")));
    assertEquals(first.resolvedJson(), again.resolvedJson());
  }
}
