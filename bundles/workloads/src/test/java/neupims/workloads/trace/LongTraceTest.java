// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A trace takes no more memory for being longer: it is read in a JVM that could not hold it. */
class LongTraceTest {
  /** Requests alone, 32 bytes each, would take twice that. */
  @Test
  void aMillionLinesAreReadInSixteenMegabytes() throws Exception {
    readElsewhere(1_000_000, 16);
  }

  /** {@code mvn -pl bundles/workloads -am verify -Dtest.excluded=none}. */
  @Test
  @Tag("long")
  void tenMillionLinesAreReadInSixteenMegabytes() throws Exception {
    readElsewhere(10_000_000, 16);
  }

  private static void readElsewhere(int lines, int megabytes) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LongTraceTest.class.getName(),
                Integer.toString(lines))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
    assertEquals(lines + " requests, " + 7L * lines + " tokens", output.strip());
  }

  /** Reads a generated trace of so many lines. */
  public static void main(String[] arguments) {
    int lines = Integer.parseInt(arguments[0]);
    TraceText text =
        new TraceText() {
          @Override
          public String name() {
            return "generated";
          }

          @Override
          public Reader open() {
            return new Generated(lines);
          }
        };
    long requests = 0;
    long tokens = 0;
    try (TraceStream stream = new TraceStream(text, new TraceOptions(0, false, 1, 0))) {
      while (stream.hasNext()) {
        requests++;
        var request = stream.next();
        tokens += request.promptTokens() + request.outputTokens();
      }
    }
    System.out.println(requests + " requests, " + tokens + " tokens");
  }

  /** Lines that are made when they are asked for. */
  private static final class Generated extends Reader {
    private final int lines;
    private int line;
    private String text = "arrival_seconds,prompt_tokens,output_tokens\n";
    private int position;

    Generated(int lines) {
      this.lines = lines;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      if (position == text.length()) {
        if (line == lines) {
          return -1;
        }
        text = line++ + ",3,4\n";
        position = 0;
      }
      int count = Math.min(length, text.length() - position);
      text.getChars(position, position + count, buffer, offset);
      position += count;
      return count;
    }

    @Override
    public void close() {}
  }
}
