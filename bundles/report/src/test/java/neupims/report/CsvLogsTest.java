// SPDX-License-Identifier: Apache-2.0
package neupims.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import neupims.api.run.Experiment;
import neupims.api.run.IterationLine;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.PolicyChoice;
import neupims.api.run.RequestLine;
import neupims.api.run.RunLogs;
import neupims.api.run.Swap;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.testkit.SampleVariants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLogsTest {
  @TempDir Path directory;

  @Test
  void variantsThatRunSideBySideAreWrittenOneAfterTheOther() throws IOException {
    try (RunLogs.Session session = logs().open(experiment("a", "b,c"), directory)) {
      session.log(1).request(request(3));
      session.log(0).request(request(1));
      session.log(1).request(request(4));
      session.log(0).request(request(2));
      session
          .log(0)
          .iteration(new IterationLine(7, 5, 1_000_000_010L, 3, 40, 4, 6, 2, 1, 0, 0.25, 123, 3));
    }
    assertEquals(
        List.of(
            VariantCsv.REQUEST_HEADER,
            "a,1,0.000000010,0.000000020,2.000000030,12.345678901,5,6,1,2",
            "a,2,0.000000010,0.000000020,2.000000030,12.345678901,5,6,1,2",
            "\"b,c\",3,0.000000010,0.000000020,2.000000030,12.345678901,5,6,1,2",
            "\"b,c\",4,0.000000010,0.000000020,2.000000030,12.345678901,5,6,1,2"),
        Files.readAllLines(directory.resolve("requests.csv")));
    assertEquals(
        List.of(
            VariantCsv.ITERATION_HEADER, "a,7,0.000000005,1.000000010,3,40,4,6,2,1,0,0.25,123,3"),
        Files.readAllLines(directory.resolve("iterations.csv")));
    assertEquals(3, files());
  }

  @Test
  void aRunThatServesNobodyLeavesOnlyItsRecording() throws IOException {
    logs().open(experiment("a"), directory).close();
    assertEquals(1, files());
  }

  @Test
  void theRecordingIsWholeFromTheBeginningAndAfterEverySwap() throws IOException {
    try (RunLogs.Session session = logs().open(experiment("a", "b"), directory)) {
      assertEquals("[0, 0]", recorded());
      PolicyChoice choice = new PolicyChoice(PluginKind.SPLIT, "none", Parameters.NONE);
      Swap swap = new Swap(Swap.Moment.atIteration(3), choice);
      session.log(1).swapped(List.of(swap, swap));
      assertEquals("[0, 2]", recorded());
      session.log(0).swapped(List.of(swap));
      assertEquals("[1, 2]", recorded());
    }
    String cwd = Path.of("").toAbsolutePath().toString();
    assertEquals(cwd, recording().get("recordedIn").getAsString());
    assertEquals(
        "[\"engine (1.0.0)\",\"scheduler scheduler (test 1.0.0, content aaaa)\"]",
        recording().get("recordedWith").toString());
  }

  private String recorded() throws IOException {
    return recording().get("swaps").getAsString();
  }

  private JsonObject recording() throws IOException {
    return JsonParser.parseString(Files.readString(directory.resolve("recording.json")))
        .getAsJsonObject();
  }

  /** Of the swaps of each variant only the number is recorded here. */
  private static RunLogs logs() {
    return new CsvLogs(
        (experiment, swaps) ->
            "{\"swaps\": \"%s\"}".formatted(swaps.stream().map(List::size).toList()),
        new TwoSchedulers());
  }

  /** One of them is a sample variant's. */
  private static final class TwoSchedulers implements Plugins {
    @Override
    public List<PluginInfo> list() {
      return List.of(
          new PluginInfo("scheduler", "other", "test", "1.0.0", ""),
          new PluginInfo("scheduler", "scheduler", "test", "1.0.0", ""));
    }

    @Override
    public <T> Plugin<T> select(PluginKind<T> kind, String name) {
      throw new AssertionError(name);
    }

    @Override
    public <T> Optional<Plugin<T>> find(PluginKind<T> kind, String name, Optional<String> version) {
      throw new AssertionError(name);
    }

    @Override
    public long changes() {
      return 0;
    }

    @Override
    public String content(PluginInfo plugin) {
      return "aaaa";
    }

    @Override
    public List<String> engine() {
      return List.of("engine (1.0.0)");
    }
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    }
  }

  private static RequestLine request(long id) {
    return new RequestLine(new Request(id, 10, 5, 6), 20, 2_000_000_030L, 12_345_678_901L, 1, 2);
  }

  private static Experiment experiment(String... variants) {
    return new Experiment("e", 1, Stream.of(variants).map(SampleVariants::variant).toList(), "{}");
  }
}
