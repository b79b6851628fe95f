// SPDX-License-Identifier: Apache-2.0
package neupims.lab;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import neupims.shell.terminal.Commands;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Executes lines; the platform's commands are functions of a scope of their own. */
final class GogoSession implements AutoCloseable {
  private static final String SCOPE = "neupims";
  private static final int FAILED = 1;
  private static final int BAD_INPUT = 2;

  private final List<ServiceRegistration<Function>> functions = new ArrayList<>();
  private final Set<Thread> executing = ConcurrentHashMap.newKeySet();
  private final AtomicInteger exit = new AtomicInteger();
  private final Commands commands;
  private final CommandSession session;
  private final PrintStream out;
  private final PrintStream err;

  GogoSession(
      BundleContext context,
      CommandProcessor gogo,
      Commands commands,
      InputStream in,
      PrintStream out,
      PrintStream err) {
    this.commands = commands;
    this.out = out;
    this.err = err;
    for (String name : commands.names()) {
      Dictionary<String, Object> properties =
          new Hashtable<>(
              Map.of(
                  CommandProcessor.COMMAND_SCOPE, SCOPE, CommandProcessor.COMMAND_FUNCTION, name));
      Function function = (caller, arguments) -> execute(name, arguments);
      functions.add(context.registerService(Function.class, function, properties));
    }
    session = gogo.createSession(in, out, err);
    System.getenv().forEach(session::put);
    // Only ours by their bare names: Gogo has a stop of its own. The others: felix:lb.
    session.put("SCOPE", SCOPE);
    // A star belongs to a setting here; there are no commands for many files.
    session.put(CommandSession.OPTION_NO_GLOB, true);
  }

  /**
   * Executes a line.
   *
   * @return the highest exit code of its commands
   * @throws InterruptedException if the caller is interrupted; so are the commands, which are over
   */
  int execute(String line) throws InterruptedException {
    exit.set(0);
    try {
      Object value = session.execute(line);
      if (value != null) {
        out.println(session.format(value, Converter.INSPECT));
      }
    } catch (CommandNotFoundException e) {
      String pipes =
          line.contains("|")
              ? "; output goes to the screen, not through |: use ./neupims outside the lab for that"
              : "";
      err.println(
          "neupims: unknown command \"" + e.getCommand() + "\"; \"help\" lists all" + pipes);
      return BAD_INPUT;
    } catch (InterruptedException e) {
      stopCommands();
      throw e;
    } catch (Exception e) {
      err.println("neupims: " + e.getMessage());
      return FAILED;
    } finally {
      out.flush();
    }
    return exit.get();
  }

  /** Interrupts the commands that are being executed. */
  void interrupt() {
    executing.forEach(Thread::interrupt);
  }

  private void stopCommands() throws InterruptedException {
    interrupt();
    for (Thread thread : executing) {
      while (executing.contains(thread)) {
        Thread.sleep(10);
      }
    }
  }

  private Object execute(String name, List<Object> arguments) {
    List<String> words = new ArrayList<>(List.of(name));
    arguments.forEach(argument -> words.add(word(argument)));
    executing.add(Thread.currentThread());
    try {
      // Not Gogo's streams: those are channels, and a channel closes when its thread is
      // interrupted.
      int code = commands.execute(words, out, err);
      exit.accumulateAndGet(code, Math::max);
    } finally {
      executing.remove(Thread.currentThread());
      // Threads of Gogo's serve the next command, too.
      Thread.interrupted();
    }
    return null;
  }

  private static String word(Object argument) {
    String word = String.valueOf(argument);
    return word.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), word.substring(2)).toString()
        : word;
  }

  @Override
  public void close() {
    session.close();
    functions.forEach(ServiceRegistration::unregister);
  }
}
