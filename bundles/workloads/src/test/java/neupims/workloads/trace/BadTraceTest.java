// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.unit.InputException;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.api.workload.RequestStream;
import neupims.api.workload.WorkloadSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said with line, column, value and what is allowed, before anything runs. */
class BadTraceTest {
  private static final String HEADER = "arrival_seconds,prompt_tokens,output_tokens\n";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,2,3 | column 1 (arrival_seconds): \"x\" is not a number; allowed: a number of seconds"
            + " from 0 to 1000000000",
        "NaN,2,3 | column 1 (arrival_seconds): \"NaN\" is not a number",
        "0x1p3,2,3 | column 1 (arrival_seconds): \"0x1p3\" is not a number",
        "-1,2,3 | column 1 (arrival_seconds): \"-1\" is out of range",
        "1e10,2,3 | column 1 (arrival_seconds): \"1e10\" is out of range",
        "1e999999999,2,3 | column 1 (arrival_seconds): \"1e999999999\" is out of range",
        ",2,3 | column 1 (arrival_seconds): \"\" is not a number",
        "4.999,2,3 | column 1 (arrival_seconds): \"4.999\" is before the arrival of the line above;"
            + " allowed: ascending order",
        "6,0,3 | column 2 (prompt_tokens): \"0\" is out of range; allowed: a whole number from 1 to"
            + " 1073741823",
        "6,-5,3 | column 2 (prompt_tokens): \"-5\" is out of range",
        "6,2,1073741824 | column 3 (output_tokens): \"1073741824\" is out of range",
        "6,2,99999999999999999999999999 | (output_tokens): \"99999999999999999999999999\" is out",
        "6,2,3.5 | column 3 (output_tokens): \"3.5\" is not a whole number; allowed:",
        "6,2, | column 3 (output_tokens): \"\" is not a whole number",
        "6,2,+ | column 3 (output_tokens): \"+\" is not a whole number",
        "6,2 | expected 3 values (arrival_seconds,prompt_tokens,output_tokens), found 2",
        "6,2,3,4 | expected 3 values (arrival_seconds,prompt_tokens,output_tokens), found 4",
      })
  void aBadLineIsRefusedAndALenientReaderSkipsIt(String line, String problem) throws IOException {
    Path file = write(HEADER + "5,10,20\n" + line.strip() + "\n7,11,21\n");
    String message = assertThrows(InputException.class, () -> open(file, Map.of(), 0)).getMessage();
    assertTrue(message.startsWith(file + ": line 3"), message);
    assertTrue(message.contains(problem.strip()), message);

    try (RequestStream stream = open(file, Map.of("lenient", true), 0)) {
      assertEquals(1, stream.linesSkipped());
      assertTrue(stream.warnings().get(0).contains("skipped 1 bad line, the first: line 3"));
      List<Request> rest = new ArrayList<>();
      stream.forEachRemaining(rest::add);
      assertEquals(
          List.of(new Request(0, 5_000_000_000L, 10, 20), new Request(1, 7_000_000_000L, 11, 21)),
          rest);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "16.11.2023 18:15",
    "2023-11-16",
    "2023-02-30 00:00:00",
    "1969-12-31 00:00:00",
    "2400-01-01 00:00:00",
    "7.5"
  })
  void aBadTimestampIsRefused(String cell) throws IOException {
    Path file =
        write("TIMESTAMP,ContextTokens,GeneratedTokens\n" + cell + ",1,1\n2023-11-16 18:15:00,2,2");
    String message = assertThrows(InputException.class, () -> open(file, Map.of(), 0)).getMessage();
    assertEquals(
        file
            + ": line 2, column 1 (TIMESTAMP): \""
            + cell
            + "\" is not a date and time; allowed: such as 2023-11-16 18:15:46.6805900, from 1970"
            + " to 2261",
        message);
    // The first good row is time 0.
    try (RequestStream stream = open(file, Map.of("lenient", true), 0)) {
      assertEquals(new Request(0, 0, 2, 2), stream.next());
    }
  }

  /** A row that comes too early is skipped; order is that of the good rows. */
  @Test
  void aLenientReaderComparesArrivalsWithTheLastGoodLine() throws IOException {
    Path file = write(HEADER + "5,1,1\n100,x,1\n4,1,1\n6,2,2\n");
    try (RequestStream stream = open(file, Map.of("lenient", true), 0)) {
      assertEquals(2, stream.linesSkipped());
      stream.next();
      assertEquals(6_000_000_000L, stream.next().arrivalNanos());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arrival_seconds,prompt_tokens | column output_tokens is missing among"
            + " \"arrival_seconds,prompt_tokens\"; allowed: arrival_seconds,prompt_tokens,",
        "TIMESTAMP,ContextTokens,GeneratedToken | column GeneratedTokens is missing | ",
        "a,b,c | column arrival_seconds is missing among \"a,b,c\"; allowed:"
            + " arrival_seconds,prompt_tokens,output_tokens; or"
            + " TIMESTAMP,ContextTokens,GeneratedTokens; or input_toks,output_toks",
        "1.0,5,6 | column arrival_seconds is missing among \"1.0,5,6\"",
        "arrival_seconds,prompt_tokens,output_tokens,prompt_tokens | column prompt_tokens is there"
            + " twice",
      })
  void aHeaderThatIsNoneIsRefusedEvenIfLenient(String header, String problem) throws IOException {
    Path file = write(header.strip() + "\n1,2,3\n");
    for (boolean lenient : new boolean[] {false, true}) {
      String message =
          assertThrows(InputException.class, () -> open(file, Map.of("lenient", lenient), 0))
              .getMessage();
      assertTrue(message.startsWith(file + ": line 1: " + problem.strip()), message);
    }
  }

  @Test
  void aMisspeltColumnIsRecognised() throws IOException {
    Path file = write("arrival_seconds,promt_tokens,output_tokens\n1,2,3\n");
    String message = assertThrows(InputException.class, () -> open(file, Map.of(), 0)).getMessage();
    assertTrue(message.endsWith("; is \"promt_tokens\" meant to be prompt_tokens?"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty, expected a header and a request a line:",
        "'\n \n' | ",
        "'arrival_seconds,prompt_tokens,output_tokens\n' | has a header and no requests",
        "'arrival_seconds,prompt_tokens,output_tokens\nx,1,1\n\n0,1,0\n' | none of its lines is a"
            + " request; the first problem: line 2, column 1 (arrival_seconds): \"x\"",
      })
  void aFileWithoutRequestsIsRefusedEvenIfLenient(String text, String problem) throws IOException {
    Path file = write(text);
    String message =
        assertThrows(InputException.class, () -> open(file, Map.of("lenient", true), 0))
            .getMessage();
    assertTrue(message.startsWith(file + ": " + (problem == null ? "" : problem)), message);
  }

  /** Only what the run reads has to be good. */
  @Test
  void linesBeyondTheRequestsWantedAreNotRead() throws IOException {
    Path file = write(HEADER + "0,1,1\n1,1,1\nx\n");
    try (RequestStream stream = open(file, Map.of(), 2)) {
      stream.next();
      stream.next();
      assertEquals(false, stream.hasNext());
    }
  }

  /** One record of three lines, since a quote was opened: three lines are lost. */
  @Test
  void aStrayQuoteCountsTheLinesThatItSwallows() throws IOException {
    Path file = write(HEADER + "0,1,1\n\"1,1,1\n2,1,1\n3,1,1\",1,1\n4,1,\n5,1,1\n");
    try (RequestStream stream = open(file, Map.of("lenient", true), 0)) {
      assertEquals(4, stream.linesSkipped());
      assertTrue(stream.warnings().get(0).contains("skipped 4 bad lines"), stream::toString);
    }
    Path open = write(HEADER + "0,1,1\n\"" + "1,1,1\n".repeat(200_000));
    String message =
        assertThrows(InputException.class, () -> open(open, Map.of("lenient", true), 0))
            .getMessage();
    assertTrue(message.contains("is there a stray quote?"), message);
  }

  @Test
  void whatIsNotTextIsRefused() throws IOException {
    Path file = directory.resolve("trace.csv");
    Files.write(file, new byte[] {'a', ',', (byte) 0xC3, 0x28, '\n'});
    String message = assertThrows(InputException.class, () -> open(file, Map.of(), 0)).getMessage();
    assertEquals(file + ": is not UTF-8 text, expected a trace", message);
    Path none = directory.resolve("none.csv");
    assertTrue(
        assertThrows(InputException.class, () -> open(none, Map.of(), 0))
            .getMessage()
            .contains("is not an ordinary file"));
  }

  @Test
  void aParameterThatCouldHaveNoEffectIsRefused() throws IOException {
    Path timed = write(HEADER + "0,1,1\n");
    String rate =
        assertThrows(InputException.class, () -> open(timed, Map.of("rate", 1.0), 0)).getMessage();
    assertTrue(rate.startsWith("workload.rate: not allowed with " + timed), rate);
    Path counts = directory.resolve("counts.tsv");
    Files.writeString(counts, "input_toks\toutput_toks\n1\t1\n");
    String speedup =
        assertThrows(InputException.class, () -> open(counts, Map.of("speedup", 2.0), 0))
            .getMessage();
    assertTrue(speedup.startsWith("workload.speedup: not allowed with " + counts), speedup);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("trace.csv"), text);
  }

  private static RequestStream open(Path file, Map<String, Object> more, long requests) {
    Map<String, Object> values = new HashMap<>(Map.of("speedup", 1.0, "lenient", false));
    values.put("file", file);
    values.putAll(more);
    return new TraceSource()
        .open(new WorkloadSpec(Optional.empty(), requests, 100, 1, new Parameters(values)));
  }
}
