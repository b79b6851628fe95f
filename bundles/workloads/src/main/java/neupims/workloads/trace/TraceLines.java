// SPDX-License-Identifier: Apache-2.0
package neupims.workloads.trace;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import neupims.api.unit.InputException;

/**
 * The lines of a trace, one at a time: whatever its length, a line is in memory. Separated by tabs
 * if the header has one, else by commas; quoted as in RFC 4180. Blank lines are passed over.
 */
final class TraceLines implements AutoCloseable {
  /** Longest cell; a quote that is never closed would otherwise swallow the file. */
  private static final int MAX_CELL = 1 << 20;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final TraceText text;
  private final CloseableIterator<CsvRecord> records;
  private final TraceHeader header;

  TraceLines(TraceText text) {
    this.text = text;
    try {
      BufferedReader reader = new BufferedReader(text.open());
      records =
          CsvReader.builder()
              .fieldSeparator(separator(reader))
              .maxBufferSize(MAX_CELL)
              .ofCsvRecord((Reader) reader)
              .iterator();
    } catch (IOException broken) {
      throw unreadable(broken);
    }
    try {
      header = new TraceHeader(text.name(), next().orElseThrow(this::empty));
    } catch (InputException refused) {
      close();
      throw refused;
    }
  }

  private InputException empty() {
    return refuse("is empty, expected a header and a request a line: " + TraceFormat.allowed());
  }

  TraceHeader header() {
    return header;
  }

  /** Whether the first line, which is read ahead and not consumed, has a tab. */
  private static char separator(BufferedReader reader) throws IOException {
    reader.mark(MAX_CELL);
    char separator = ',';
    int c = reader.read();
    for (int i = 1; i < MAX_CELL && c >= 0 && (c == BYTE_ORDER_MARK.charAt(0) || c != '\n'); i++) {
      if (c == '\t') {
        separator = '\t';
        break;
      }
      c = reader.read();
    }
    reader.reset();
    skipByteOrderMark(reader);
    return separator;
  }

  private static void skipByteOrderMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK.charAt(0)) {
      reader.reset();
    }
  }

  /** The next line that is not blank; empty at the end. */
  Optional<CsvRecord> next() {
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (CsvParseException broken) {
      throw refuse("is not a table: " + broken.getMessage() + "; is there a stray quote?");
    } catch (UncheckedIOException broken) {
      throw unreadable(broken.getCause());
    }
  }

  private InputException unreadable(IOException broken) {
    return broken instanceof CharacterCodingException
        ? refuse("is not UTF-8 text, expected a trace")
        : refuse("cannot be read: " + broken.getMessage());
  }

  private InputException refuse(String why) {
    return new InputException(text.name() + ": " + why);
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }
}
