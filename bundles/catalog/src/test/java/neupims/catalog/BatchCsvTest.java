// SPDX-License-Identifier: Apache-2.0
package neupims.catalog;

import static neupims.catalog.TestCatalog.CATALOG;
import static neupims.catalog.TestCatalog.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import neupims.api.run.BatchEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCsvTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("batch.csv"), text);
  }

  private List<BatchEntry> read(String text) throws IOException {
    return CATALOG.batch(file(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seq_len,channel\n300,4\n20,5\n",
        "seq_len,ch_idx\n300,4\n20,5",
        "channel,seq_len\n4,300\n5,20\n",
        "seq_len,channel\r\n300,4\r\n20,5\r\n",
        "\uFEFFseq_len,channel\n300,4\n20,5\n\n",
        "seq_len, channel\n 300 , 4\n20,5 \n\n\n"
      })
  void formsThatMeanTheSameReadTheSame(String text) throws IOException {
    String at = directory.resolve("batch.csv") + ": line ";
    assertEquals(
        List.of(new BatchEntry(300, 4, at + 2), new BatchEntry(20, 5, at + 3)), read(text));
  }

  @Test
  void withoutAChannelColumnRequestsAreUnplaced() throws IOException {
    List<BatchEntry> batch = read("seq_len\n300\n20\n");
    assertEquals(List.of(300, 20), batch.stream().map(BatchEntry::sequenceTokens).toList());
    assertEquals(
        List.of(BatchEntry.UNPLACED, BatchEntry.UNPLACED),
        batch.stream().map(BatchEntry::channel).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "seq_len,channel;300,4;-5,1 | line 3: seq_len: -5 is out of range; allowed: a whole number"
            + " from 1 to 2147483647",
        "seq_len,channel;0,4 | line 2: seq_len: 0 is out of range",
        "seq_len,channel;3,-1 | line 2: channel: -1 is out of range; allowed: a whole number from"
            + " 0",
        "seq_len,ch_idx;3,x | line 2: ch_idx: \"x\" is not a whole number",
        "seq_len;99999999999 | line 2: seq_len: 99999999999 is out of range",
        "seq_len;3.5 | line 2: seq_len: \"3.5\" is not a whole number",
        "seq_len;1e3 | line 2: seq_len: \"1e3\" is not a whole number",
        "seq_len;٣ | line 2: seq_len: \"٣\" is not a whole number",
        "seq_len,channel;300 | line 2: expected 2 values (seq_len,channel), found 1",
        "seq_len,channel;300,4,9 | line 2: expected 2 values (seq_len,channel), found 3",
        "seq_len,channel;300, | line 2: channel: missing; allowed: a whole number",
        "seq_len,channel;300,4;;20,5 | line 3: expected 2 values (seq_len,channel), found 0",
        "seq_len;;20 | line 2: seq_len: missing",
        "seq_len,chanel;300,4 | line 1: chanel: unknown column; allowed: seq_len and channel (or"
            + " ch_idx); did you mean \"channel\"?",
        "300,4;20,5 | line 1: 300: unknown column",
        "channel;4 | line 1: seq_len: missing; the header is seq_len,channel",
        "seq_len,seq_len;3,4 | line 1: seq_len,seq_len: a column is given twice",
        "seq_len,channel,ch_idx;3,4,4 | line 1: seq_len,channel,ch_idx: a column is given twice",
        "seq_len,channel | has a header and no requests",
        "~~ | is empty, expected the header seq_len,channel"
      })
  void aBrokenFileIsRefusedWithLineAndColumn(String lines, String message) throws IOException {
    Path file = file(lines.replace(';', '\n'));
    assertRefused(() -> CATALOG.batch(file), file + ": " + message);
  }

  /** As the validation's inputs have them; lines keep their numbers. */
  @Test
  void commentsBeforeTheHeaderArePassedOver() throws IOException {
    assertEquals(1, read("# from a trace\n#\nseq_len\n300\n").size());
    Path bad = file("# from a trace\nseq_len\nx\n");
    assertRefused(() -> CATALOG.batch(bad), bad + ": line 3: seq_len: \"x\" is not a whole number");
  }

  @Test
  void aFileThatIsNotThereIsRefusedWithTheNearestThatIs() throws IOException {
    file("seq_len\n1\n");
    Path typo = directory.resolve("bach.csv");
    assertRefused(
        () -> CATALOG.batch(typo),
        typo + ": no such file, expected a CSV file; did you mean \"batch.csv\"?");
  }

  @Test
  void aDirectoryIsRefused() {
    assertRefused(() -> CATALOG.batch(directory), directory + ": is a directory, expected a CSV");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    Path file = directory.resolve("batch.csv");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertRefused(() -> CATALOG.batch(file), file + ": is not UTF-8 text, expected a CSV file");
  }
}
