// SPDX-License-Identifier: Apache-2.0
package neupims.lab;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import neupims.shell.terminal.Commands;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A user: history, completion with the tab key, and lines of the background above the prompt.
 * Ctrl-C ends the command that is executed, else wipes the line, on an empty line leaves; while
 * runs are under way it has to be said twice. So does Ctrl-D.
 */
final class Keyboard {
  private static final String PROMPT = "neupims> ";

  private final GogoSession session;
  private final Commands commands;
  private final PrintStream err;
  private final FileNameCompleter files = new FileNameCompleter();

  Keyboard(GogoSession session, Commands commands, PrintStream err) {
    this.session = session;
    this.commands = commands;
    this.err = err;
  }

  int talk() throws IOException, InterruptedException {
    try (Terminal terminal = terminal()) {
      terminal.handle(Terminal.Signal.INT, signal -> session.interrupt());
      LineReader reader = reader(terminal);
      terminal.writer().println(commands.greeting());
      commands.announceTo(reader::printAbove);
      try {
        boolean warned = false;
        while (!commands.isOver()) {
          String line = line(reader);
          if (line != null) {
            warned &= line.isEmpty();
            session.execute(line);
          } else if (warned || commands.runsUnderWay().isEmpty()) {
            break;
          } else {
            warned = true;
            terminal.writer().println(leaving(commands.runsUnderWay()));
          }
        }
      } finally {
        commands.announceTo(err::println);
      }
      return 0;
    }
  }

  private static String leaving(List<String> runs) {
    return "under way: %s; once more, or \"exit\", stops %s and leaves"
        .formatted(String.join(", ", runs), runs.size() == 1 ? "it" : "them");
  }

  /** stty, which is everywhere, rather than native code, which would have to be unpacked. */
  private static Terminal terminal() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // JLine looks its providers up there.
    thread.setContextClassLoader(TerminalBuilder.class.getClassLoader());
    try {
      return TerminalBuilder.builder().name("neupims").system(true).provider("exec").build();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The next line; null if there is none. */
  private static String line(LineReader reader) throws InterruptedException {
    try {
      return reader.readLine(PROMPT);
    } catch (UserInterruptException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return e.getPartialLine().isEmpty() ? null : "";
    } catch (EndOfFileException e) {
      return null;
    } catch (IOError e) {
      throw new InterruptedException();
    }
  }

  private LineReader reader(Terminal terminal) {
    DefaultParser parser = new DefaultParser();
    // An open quote is Gogo's to complain about.
    parser.setEofOnUnclosedQuote(false);
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .parser(parser)
        .completer((Completer) this::complete)
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .build();
  }

  private void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> before = line.words().subList(0, line.wordIndex());
    String typed = line.word().substring(0, line.wordCursor());
    List<String> words = commands.candidates(before);
    // Options once somebody begins to type one; files where no other words are known.
    words.stream()
        .filter(word -> typed.startsWith("-") || !word.startsWith("-"))
        .forEach(word -> candidates.add(new Candidate(word)));
    if (candidates.isEmpty() && !before.isEmpty()) {
      files.complete(reader, line, candidates);
    }
  }
}
