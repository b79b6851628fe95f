// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void withoutATerminalAVariantIsSaidToBeDoneOnce() {
    try (Progress progress = new Progress(err, false, 2)) {
      progress.progress("a", 1, 2);
      progress.progress("a", 2, 2);
      progress.progress("a", 2, 2);
      progress.progress("b", 2, 2);
    }
    assertEquals(String.format("a: done%nb: done%n"), bytes.toString(StandardCharsets.UTF_8));
  }

  /** A trace that is read to its end: nothing of 0 is done before the first request is. */
  @Test
  void whatHasNoKnownEndIsNotSaidToBeDone() {
    try (Progress progress = new Progress(err, false, 1)) {
      progress.progress("a", 0, 0);
      progress.progress("a", 3, 0);
    }
    assertEquals("", bytes.toString(StandardCharsets.UTF_8));
  }
}
