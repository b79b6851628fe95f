// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines that belong to no command, kept until somebody listens. Thread-safe. */
final class Announcer implements Consumer<String> {
  private final List<String> early = new ArrayList<>();
  private Consumer<String> listener;

  @Override
  public synchronized void accept(String line) {
    if (listener == null) {
      early.add(line);
    } else {
      listener.accept(line);
    }
  }

  /** Hands on what was said so far, and all that follows. */
  synchronized void to(Consumer<String> listener) {
    this.listener = listener;
    early.forEach(listener);
    early.clear();
  }

  /** Announces what something prints, a line each, with a word before it. */
  void printed(String before, Consumer<PrintStream> what) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    what.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    bytes.toString(StandardCharsets.UTF_8).lines().forEach(line -> accept(before + ": " + line));
  }
}
