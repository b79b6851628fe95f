// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code neupims lab} with a test at its keyboard: one that waits for lines, not for a clock. */
final class LabProcess implements AutoCloseable {
  /** Far beyond what a line takes on the slowest machine. */
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Writer in;
  private final List<String> lines = new ArrayList<>();
  private final List<Thread> readers;
  private int read;

  private LabProcess(Process process) {
    this.process = process;
    in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    readers = List.of(reader(process.getInputStream()), reader(process.getErrorStream()));
  }

  /** The lab, as the start script starts it. */
  static LabProcess start(Path workingFolder, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Distribution.HOME.resolve("bin/neupims").toString(), "lab"));
    command.addAll(Arrays.asList(options));
    return start(workingFolder, command);
  }

  static LabProcess start(Path workingFolder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TERM", "xterm");
    return new LabProcess(builder.start());
  }

  /** Types a line. */
  void type(String line) throws IOException {
    in.write(line + "\n");
    in.flush();
  }

  /** Types Ctrl-C, where there is a terminal. */
  void typeCtrlC() throws IOException {
    in.write('\u0003');
    in.flush();
  }

  /** The next line, of stdout or stderr, that has a part; lines before it are passed over. */
  String await(String part) throws InterruptedException {
    return await(line -> line.contains(part), part);
  }

  private String await(Predicate<String> wanted, String words) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (lines) {
      while (true) {
        while (read < lines.size()) {
          String line = lines.get(read++);
          if (wanted.test(line)) {
            return line;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0 || (!process.isAlive() && readers.stream().noneMatch(Thread::isAlive))) {
          throw new AssertionError("\"" + words + "\" did not come; what came:\n" + text());
        }
        lines.wait(Math.min(left, 100));
      }
    }
  }

  /** All that was printed so far, stdout and stderr. */
  String text() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** No more lines will be typed. */
  void endOfInput() throws IOException {
    in.close();
  }

  /** SIGTERM, which is handled as Ctrl-C is: a build in the background ignores SIGINT. */
  void terminate() {
    process.destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code. */
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; what came:\n" + text());
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private Thread reader(InputStream stream) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                  synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                  }
                }
              } catch (IOException ended) {
                // The test is over, and has ended the process.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
