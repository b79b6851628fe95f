// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;

class MainTest {
  /** What Felix's resolver throws when its thread is interrupted. */
  @Test
  void anInterruptIsFoundBehindWhatTheFrameworkThrows() {
    assertTrue(Main.interrupted(new IllegalStateException(new InterruptedException())));
    assertTrue(Main.interrupted(new RuntimeException("x", new InterruptedIOException())));
    assertFalse(Main.interrupted(new IllegalStateException("broken")));
    assertFalse(Main.interrupted(new IllegalStateException(new IOException("disk full"))));
  }
}
