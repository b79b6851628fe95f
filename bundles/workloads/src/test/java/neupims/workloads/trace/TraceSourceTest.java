// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.api.workload.RequestSource;
import neupims.testkit.RequestSourceContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three formats, and what changes their times. */
final class TraceSourceTest extends RequestSourceContract {
  @TempDir Path directory;

  private String text =
      """
      arrival_seconds,prompt_tokens,output_tokens
      0,10,20
      0.5,11,21
      0.5,12,22
      1e1,13,23
      """;

  private Map<String, Object> more = Map.of();

  @Override
  protected RequestSource source() {
    return new TraceSource();
  }

  @Override
  protected Parameters parameters() {
    try {
      Map<String, Object> values = new HashMap<>(more);
      values.put("file", Files.writeString(directory.resolve("trace.csv"), text));
      return new Parameters(values);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private List<Request> requests() {
    return read(spec(0, 1));
  }

  @Test
  void arrivalSecondsAreTakenAsTheyAre() {
    assertEquals(
        List.of(
            new Request(0, 0, 10, 20),
            new Request(1, 500_000_000, 11, 21),
            new Request(2, 500_000_000, 12, 22),
            new Request(3, 10_000_000_000L, 13, 23)),
        requests());
  }

  @Test
  void speedupDividesTheTimes() {
    more = Map.of("speedup", 4.0);
    assertEquals(
        List.of(0L, 125_000_000L, 125_000_000L, 2_500_000_000L),
        requests().stream().map(Request::arrivalNanos).toList());
  }

  /** Seven digits as in the public trace of 2023, and an offset as in that of 2024. */
  @Test
  void timestampsOfAzureBeginAtTheFirstRow() {
    text =
        """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:15:46.6805900,374,44
        2023-11-16 18:15:50.9951690,396,109
        2023-11-17T00:00:00,879,55
        2023-11-17 02:00:00.5+02:00,91,16
        """;
    assertEquals(
        List.of(
            new Request(0, 0, 374, 44),
            new Request(1, 4_314_579_000L, 396, 109),
            new Request(2, 20_653_319_410_000L, 879, 55),
            new Request(3, 20_653_819_410_000L, 91, 16)),
        requests());
  }

  @Test
  void countsArriveAllAtOnceOrAtARate() {
    text = "input_toks\toutput_toks\n5\t6\n7\t8\n9\t10\n";
    assertEquals(
        List.of(new Request(0, 0, 5, 6), new Request(1, 0, 7, 8), new Request(2, 0, 9, 10)),
        requests());
    more = Map.of("rate", 3.0);
    assertEquals(
        List.of(0L, 333_333_333L, 666_666_667L),
        requests().stream().map(Request::arrivalNanos).toList());
  }

  @Test
  void columnsComeInAnyOrderAndOthersAreNotRead() {
    text =
        """
        \uFEFFuser, output_tokens ,arrival_seconds,note,prompt_tokens

        7,20,3,"a ""quoted"", and
        broken note",10\r
        8,+21, 3.25 ,,11

        """;
    assertEquals(
        List.of(new Request(0, 3_000_000_000L, 10, 20), new Request(1, 3_250_000_000L, 11, 21)),
        requests());
    try (var stream = source().open(spec(0, 1))) {
      assertEquals(1, stream.warnings().size());
      assertEquals(
          directory.resolve("trace.csv") + ": nothing is read from user, note",
          stream.warnings().get(0));
    }
  }

  /** No model has so many positions: that is for the server to say. */
  @Test
  void lengthsAreHandedOnWhateverTheLimit() {
    text = "input_toks\toutput_toks\n1073741823\t1073741823\n";
    assertEquals(List.of(new Request(0, 0, 1_073_741_823, 1_073_741_823)), read(spec(0, 100, 1)));
  }
}
