// SPDX-License-Identifier: Apache-2.0
package neupims.lab;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import neupims.shell.terminal.Commands;
import neupims.shell.terminal.Terminal;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A user at a keyboard if there is one, else whatever standard input is. */
@Component
public final class LabTerminal implements Terminal {
  private final BundleContext context;
  private final CommandProcessor gogo;

  /** Called by Declarative Services. */
  @Activate
  public LabTerminal(BundleContext context, @Reference CommandProcessor gogo) {
    this.context = context;
    this.gogo = gogo;
  }

  @Override
  public int talk(Commands commands) throws InterruptedException {
    // Gogo has put streams of its own in the place of System.in, out and err.
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true);
    FileInputStream in = new FileInputStream(FileDescriptor.in);
    try (GogoSession session = new GogoSession(context, gogo, commands, in, out, err)) {
      return Boolean.getBoolean("neupims.terminal")
          ? new Keyboard(session, commands, err).talk()
          : new Pipe(session, commands, in, err).talk();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
