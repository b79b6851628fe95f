// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory that its model cannot be is bad input, whichever command has it. */
class RefusedMemoryIT {
  @TempDir private Path folder;

  @Test
  void aStepIsRefusedBeforeItRuns() throws Exception {
    Files.writeString(folder.resolve("one.csv"), "seq_len,channel\n40,0\n");
    assertRefused("step", "--system", "npu-pim", "--requests", "one.csv");
  }

  @Test
  void aMicroBenchmarkIsRefusedBeforeItRuns() throws Exception {
    assertRefused(
        "micro", "stream", "--memory", "pim-newton", "--pattern", "seq", "--requests", "4");
  }

  private void assertRefused(String... command) throws Exception {
    String[] arguments = Arrays.copyOf(command, command.length + 2);
    arguments[command.length] = "--set";
    arguments[command.length + 1] = "memory.pim.blocked=false";
    Distribution.Run run = Distribution.run(folder, arguments);
    assertEquals(2, run.exitCode(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().contains(": memory pim-newton: pim.blocked is false"), run.err());
  }
}
