// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user types and sees, through the start script. */
class CommandLineIT {
  private static final String[] SMALL_RUN = {
    "run", "--set", "batch=8", "--set", "measure.snapshots=2", "--set", "model.layers=2"
  };

  private static final String TINY_MODEL =
      "{\"layers\": 2, \"heads\": 4, \"embedding\": 256, \"feedForward\": 1024,"
          + " \"vocabulary\": 100, \"maxPositions\": 128}";

  @TempDir private Path folder;

  @Test
  void aRunPrintsTheSameTableTwiceAndNamesTheFileWithTheRest() throws Exception {
    Distribution.Run first = Distribution.run(folder, SMALL_RUN);
    String firstResult =
        withoutWallTimes(Files.readString(folder.resolve("runs/latest/result.json")));
    Distribution.Run second = Distribution.run(folder, SMALL_RUN);
    String secondResult =
        withoutWallTimes(Files.readString(folder.resolve("runs/latest/result.json")));

    assertEquals(0, first.exitCode(), first.err());
    assertEquals(first.out(), second.out());
    assertEquals(firstResult, secondResult);
    assertTrue(first.out().contains("The rest is in runs/latest/result.json"), first.out());
    for (String system : List.of("npu-only", "npu-pim", "neupims-serial", "neupims")) {
      assertTrue(first.out().lines().anyMatch(l -> l.startsWith(system + " ")), system);
    }
  }

  @Test
  void aServingRunWritesTheSameBytesTwice() throws Exception {
    Files.writeString(folder.resolve("model.json"), TINY_MODEL);
    Files.writeString(
        folder.resolve("trace.csv"),
        "arrival_seconds,prompt_tokens,output_tokens\n0,20,3\n0.00001,7,2\n0.00002,40,4\n");
    Files.writeString(
        folder.resolve("serve.json"),
        "{\"model\": \"model.json\", \"prefill\": \"mixed\", \"workload\": {\"source\": \"trace\","
            + " \"file\": \"trace.csv\"}, \"variants\": [{\"name\": \"v\"}, {\"name\": \"o\","
            + " \"set\": {\"scheduler\": \"orca\"}}]}");
    for (String out : List.of("a", "b")) {
      Distribution.Run run = Distribution.run(folder, "run", "serve.json", "--out", out);
      assertEquals(0, run.exitCode(), run.err());
      assertTrue(run.out().contains("TTFT p50"), run.out());
    }
    assertEquals(
        withoutWallTimes(Files.readString(folder.resolve("a/result.json"))),
        withoutWallTimes(Files.readString(folder.resolve("b/result.json"))));
    for (String csv : List.of("requests.csv", "iterations.csv")) {
      String first = Files.readString(folder.resolve("a").resolve(csv));
      assertEquals(first, Files.readString(folder.resolve("b").resolve(csv)));
      assertTrue(first.contains("\nv,") && first.contains("\no,"), first);
    }
    long requests = Files.readAllLines(folder.resolve("a/requests.csv")).size();
    assertEquals(1 + 2 * 3, requests);
  }

  @Test
  void aRunThatSwapsIsRecordedAndTheRecordingRunsToTheSameBytesFromAnywhere() throws Exception {
    Path inputs = Files.createDirectory(folder.resolve("inputs"));
    Files.writeString(inputs.resolve("model.json"), TINY_MODEL);
    StringBuilder trace = new StringBuilder("arrival_seconds,prompt_tokens,output_tokens\n");
    for (int i = 0; i < 60; i++) {
      trace
          .append(i * 5e-6)
          .append(',')
          .append(3 + i % 50)
          .append(',')
          .append(1 + i % 9)
          .append('\n');
    }
    Files.writeString(inputs.resolve("trace.csv"), trace);
    Files.writeString(
        inputs.resolve("swaps.json"),
        """
        {"model": "model.json", "prefill": "chunked", "batch": 8, "scheduler": "orca",
         "workload": {"source": "trace", "file": "trace.csv"},
         "swaps": [{"atIteration": 5, "scheduler": "sarathi",
                    "schedulerParameters": {"tokenBudget": 7}, "split": "auto"},
                   {"atSeconds": 1e-3, "placement": "round-robin", "compiler": "offload"}],
         "variants": [{"name": "s", "set": {}},
                      {"name": "r", "set": {"replicas": 2, "swaps": [
                        {"atIteration": 9, "router": "least-loaded", "estimator": "neupims"}]}}]}
        """);
    Distribution.Run run = Distribution.run(folder, "run", "inputs/swaps.json", "--out", "a");
    assertEquals(0, run.exitCode(), run.err());
    String result = Files.readString(folder.resolve("a/result.json"));
    assertTrue(result.contains("\"to\": \"sarathi (neupims.batch-sarathi "), result);
    assertTrue(result.contains("\"to\": \"offload (neupims.compiler-offload "), result);
    assertTrue(result.contains("\"to\": \"least-loaded (neupims.router-least-loaded "), result);
    String budget = "\"schedulerParameters\":\\s*\\{\\s*\"tokenBudget\": 7,\\s*\"watermark";
    assertTrue(Pattern.compile(budget).matcher(result).find(), result);
    assertEquals(60, occurrences(folder.resolve("a/requests.csv"), "s,"));
    Distribution.Run again = Distribution.run(inputs, "run", "../a/recording.json", "--out", "b");
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(
        withoutWallTimes(result),
        withoutWallTimes(Files.readString(inputs.resolve("b/result.json"))));
    for (String file : List.of("requests.csv", "iterations.csv", "recording.json")) {
      assertEquals(
          -1, Files.mismatch(folder.resolve("a").resolve(file), inputs.resolve("b").resolve(file)));
    }
  }

  /** No policy of ours fails: the call is one that a placement policy answers rightly. */
  @Test
  void aSavedCallIsMadeAgainAndSaysWhatCameOfIt() throws Exception {
    Files.writeString(
        folder.resolve("call.json"),
        """
        {"policy": {"kind": "placement", "name": "round-robin", "bundle": "b", "version": "0.0.1",
                    "description": ""},
         "variant": "v", "iteration": 17, "failure": "returned channel 99; there are 0 to 3",
         "stack": [],
         "input": {"state": {"channels": 4, "residents": [],
                     "shape": {"heads": 4, "headDim": 64, "rowValues": 512, "banks": 32},
                     "estimator": {"shape": {"heads": 4, "headDim": 64, "rowValues": 512,
                       "banks": 32}, "cycles": [0, 9, 9]},
                     "kv": {"pages": {"blocks": [0, 1, 1]}, "regionBlocks": 9,
                       "freeBlocks": [9, 9, 9, 9], "freeHostBlocks": 0},
                     "placedBefore": 6, "iteration": 17, "seed": 1, "parameters": {}},
                   "newcomers": [{"request": 5, "sequenceTokens": 2, "kvBlocks": 1}]}}
        """);
    Distribution.Run run = Distribution.run(folder, "replay-call", "call.json");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("placement round-robin (b 0.0.1) of variant v\n"), run.out());
    assertTrue(run.out().contains("called again: placement round-robin (neupims."), run.out());
    assertTrue(run.out().contains("now it returns [2]\nwhich is right\n"), run.out());
    Files.writeString(folder.resolve("not.json"), "{\"policy\": 3}");
    assertRefused(List.of("not.json: is not the saved call"), "replay-call", "not.json");
  }

  private static long occurrences(Path file, String start) throws Exception {
    return Files.readAllLines(file).stream().filter(line -> line.startsWith(start)).count();
  }

  @Test
  void aStepAsJsonIsOneObjectAndNothingElse() throws Exception {
    Path batch = Files.writeString(folder.resolve("batch.csv"), "seq_len,ch_idx\n40,0\n600,31\n");
    Distribution.Run run =
        Distribution.run(folder, "step", "--requests", batch.toString(), "--json");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().startsWith("{") && run.out().endsWith("}\n"), run.out());
    assertTrue(run.out().contains("\"system\": \"neupims\""), run.out());
  }

  @Test
  void aGpuTakesTheSameBatchAndAnInterconnectMakesTheStepLongerNotItsStages() throws Exception {
    Path batch = Files.writeString(folder.resolve("batch.csv"), "seq_len,channel\n40,0\n600,31\n");
    String[] step = {"step", "--system", "gpu-only", "--json", "--requests", batch.toString()};
    Distribution.Run alone = Distribution.run(folder, step);
    assertEquals(0, alone.exitCode(), alone.err());
    assertEquals(0, number(alone.out(), "communicationCycles"));
    Distribution.Run ring =
        Distribution.run(
            folder,
            Stream.concat(Stream.of(step), Stream.of("--set", "interconnect.model=ring"))
                .toArray(String[]::new));
    assertEquals(number(alone.out(), "blockCycles"), number(ring.out(), "blockCycles"));
    long communication = number(ring.out(), "communicationCycles");
    assertTrue(communication > 0, ring.out());
    assertEquals(
        number(alone.out(), "stepCycles") + communication, number(ring.out(), "stepCycles"));
  }

  /** The first number of that name. */
  private static long number(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": (\\d+)").matcher(json);
    assertTrue(matcher.find(), name + " is not in: " + json);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void anOverCommittedBatchRunsWithAWarning() throws Exception {
    StringBuilder csv = new StringBuilder("seq_len,channel\n");
    for (int i = 0; i < 6; i++) {
      csv.append("2048,5\n");
    }
    Path batch = Files.writeString(folder.resolve("full.csv"), csv);
    Distribution.Run run = Distribution.run(folder, "step", "--requests", batch.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("warning: the batch over-commits the KV cache"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seq_len,channel/10,0/x,1      | line 3 | seq_len | x
          seq_len,channel/10,0/-5,1     | line 3 | seq_len | -5
          seq_len,channel/10,0/20,32    | line 3 | channel | 32
          seq_len,channel/10,0/2049,1   | line 3 | 2049 tokens | 2048 positions
          seq_len,channel/10,0,7        | line 2 | expected 2 values | found 3
          seqlen,channel/10,0           | seqlen | seq_len |
          seq_len,channel               | no requests | |
          ''                            | empty | |
          """)
  void badInputIsNamedWithoutAStackTrace(String csv, String first, String second, String third)
      throws Exception {
    Path batch = folder.resolve("bad.csv");
    Files.writeString(batch, csv.isEmpty() ? "" : csv.strip().replace('/', '\n') + "\n");
    assertRefused(
        List.of(first, second == null ? "" : second, third == null ? "" : third),
        "step",
        "--requests",
        batch.toString());
  }

  @Test
  void aModelThatDoesNotFitSaysWhatItNeedsAndWhatThereIs() throws Exception {
    Path batch = Files.writeString(folder.resolve("batch.csv"), "seq_len\n40\n");
    assertRefused(
        List.of("gpt3-175b", "324\\.00 GiB", "32\\.00 GiB"),
        "step",
        "--model",
        "gpt3-175b",
        "--tp",
        "1",
        "--pp",
        "1",
        "--requests",
        batch.toString());
  }

  @Test
  void aBadTraceIsRefusedBeforeTheRunAndALenientRunCountsItsBadLines() throws Exception {
    String csv = "arrival_seconds,prompt_tokens,output_tokens\n0,10,20\n0,x,30\n0,30,40\n";
    Files.createDirectory(folder.resolve("traces"));
    Files.writeString(folder.resolve("traces/a.csv"), csv);
    String experiment =
        "{\"workload\": {\"source\": \"trace\", \"file\": \"a.csv\"}, \"system\": \"neupims\"}";
    Files.writeString(folder.resolve("traces/e.json"), experiment);
    assertRefused(
        List.of("traces/a.csv: line 3, column 2 \\(prompt_tokens\\): \"x\" is not"),
        "run",
        "traces/e.json");
    Distribution.Run run =
        Distribution.run(
            folder,
            "run",
            "traces/e.json",
            "--lenient",
            "--json",
            "--set",
            "model.layers=1",
            "--set",
            "measure.snapshots=1",
            "--set",
            "measure.warmupIterations=0");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("\"linesSkipped\": 1"), run.out());
    assertTrue(run.err().contains("skipped 1 bad line, the first: line 3"), run.err());
  }

  @Test
  void aPublishedConfigIsAModelForEveryCommand() throws Exception {
    String config =
        "{'model_type':'mixtral','hidden_size':256,'num_hidden_layers':2,'num_attention_heads':4,"
            + "'num_key_value_heads':2,'intermediate_size':512,'num_local_experts':4,"
            + "'num_experts_per_tok':2,'vocab_size':1000,'max_position_embeddings':512,"
            + "'torch_dtype':'bfloat16','rope_theta':1e6}";
    Files.writeString(folder.resolve("config.json"), config.replace('\'', '"'));
    Files.writeString(folder.resolve("batch.csv"), "seq_len\n40\n300\n7\n");
    Distribution.Run model = Distribution.run(folder, "model", "config.json", "--json");
    assertEquals(0, model.exitCode(), model.err());
    assertEquals("", model.err());
    // Two layers of Q, K, V and projection, experts, router, norms; two tables and a norm.
    long layer = 256 * 512 + 256 * 256 + 4 * 3 * 256 * 512 + 4 * 256 + 2 * 256;
    long parameters = 2 * layer + 2 * 1000 * 256 + 256;
    assertTrue(model.out().contains("\"parameters\": " + parameters + ","), model.out());
    for (String system : List.of("npu-only", "neupims")) {
      Distribution.Run step =
          Distribution.run(
              folder,
              "step",
              "--system",
              system,
              "--model",
              "config.json",
              "--requests",
              "batch.csv",
              "--json");
      assertEquals(0, step.exitCode(), step.err());
      assertTrue(step.out().contains("\"model\": \"config.json\""), step.out());
      assertTrue(step.out().contains("ffn.experts.down"), step.out());
    }
  }

  @Test
  void aConfigOfAnotherKindOfModelIsRefusedByName() throws Exception {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"deepseek_v2\"}");
    assertRefused(
        List.of("config.json: model_type", "latent attention", "known: gpt2, opt, llama"),
        "model",
        "config.json");
  }

  private void assertRefused(List<String> parts, String... arguments) throws Exception {
    Distribution.Run run = Distribution.run(folder, arguments);
    assertEquals(2, run.exitCode(), run.err());
    assertEquals("", run.out());
    assertFalse(run.err().contains("\tat "), run.err());
    for (String part : parts) {
      assertTrue(
          Pattern.compile(part).matcher(run.err()).find(), part + " is not in: " + run.err());
    }
  }

  static String withoutWallTimes(String json) {
    return json.replaceAll("\"wallSeconds\": [^,\n]*", "");
  }
}
