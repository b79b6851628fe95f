// SPDX-License-Identifier: Apache-2.0
package neupims.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import neupims.shell.terminal.Commands;

/**
 * Commands of a file or a program, one a line. A line is taken when the one before it is done; at
 * the end the runs in the background are waited for.
 */
final class Pipe {
  private final GogoSession session;
  private final Commands commands;
  private final PrintStream err;
  private final BlockingQueue<Optional<String>> lines = new SynchronousQueue<>();

  Pipe(GogoSession session, Commands commands, InputStream in, PrintStream err) {
    this.session = session;
    this.commands = commands;
    this.err = err;
    // A thread that reads cannot be interrupted; one that takes from a queue can.
    Thread reader = new Thread(() -> read(in), "neupims-pipe");
    reader.setDaemon(true);
    reader.start();
  }

  int talk() throws InterruptedException {
    commands.announceTo(err::println);
    int worst = 0;
    Optional<String> line = lines.take();
    while (line.isPresent()) {
      worst = Math.max(worst, session.execute(line.get()));
      if (commands.isOver()) {
        return worst;
      }
      line = lines.take();
    }
    return Math.max(worst, commands.awaitRuns());
  }

  private void read(InputStream in) {
    try {
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.put(Optional.of(line));
      }
      lines.put(Optional.empty());
    } catch (IOException e) {
      err.println("neupims: standard input cannot be read: " + e.getMessage());
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    try {
      lines.put(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
