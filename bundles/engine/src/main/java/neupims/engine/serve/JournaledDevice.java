// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import neupims.api.metric.DeviceReport;
import neupims.api.run.FidelityReport;
import neupims.engine.journal.Journal;

/**
 * A device that keeps its answers in a journal, and takes them from there as long as there are any.
 * A journal that cannot be written any more is given up, not the run.
 */
final class JournaledDevice implements ProgramDevice {
  private final ProgramDevice device;
  private final Consumer<String> notice;
  private final Opening opening;
  private final Opening resuming;
  private Journal journal;
  private boolean replaying = true;

  /** Opens the journal. */
  interface Opening {
    Journal open() throws IOException;
  }

  /**
   * In front of a device.
   *
   * @param opening asked when the first program comes
   * @param resuming the same for a run that begins again
   * @param notice takes lines for the user
   */
  JournaledDevice(
      ProgramDevice device, Opening opening, Opening resuming, Consumer<String> notice) {
    this.resuming = resuming;
    this.device = device;
    this.opening = opening;
    this.notice = notice;
  }

  @Override
  public DeviceReport run(Compiled compiled) {
    if (replaying) {
      Optional<DeviceReport> known = replay(compiled);
      if (known.isPresent()) {
        return known.get();
      }
      replaying = false;
      if (journal != null && journal.replayed() > 0) {
        notice.accept(
            "goes on after %d answers of its journal%s"
                .formatted(journal.replayed(), journal.damaged() ? ", whose end is missing" : ""));
      }
    }
    DeviceReport report = device.run(compiled);
    if (journal != null) {
      keep(compiled, report);
    }
    return report;
  }

  private Optional<DeviceReport> replay(Compiled compiled) {
    try {
      if (journal == null) {
        journal = opening.open();
      }
      return journal.replay(compiled.program(), compiled.iteration(), compiled.replica());
    } catch (IOException unreadable) {
      giveUp("read", unreadable);
      return Optional.empty();
    }
  }

  private void keep(Compiled compiled, DeviceReport report) {
    try {
      journal.keep(compiled.program(), compiled.iteration(), compiled.replica(), report);
    } catch (IOException full) {
      giveUp("written", full);
    }
  }

  private void giveUp(String what, IOException failure) {
    notice.accept("the journal cannot be %s, the run goes on without: %s".formatted(what, failure));
    close();
    journal = null;
  }

  @Override
  public boolean exchanges() {
    return device.exchanges();
  }

  @Override
  public Optional<FidelityReport> fidelity() {
    return device.fidelity();
  }

  @Override
  public ProgramDevice again() {
    close();
    return new JournaledDevice(device.again(), resuming, resuming, notice);
  }

  @Override
  public void close() {
    try {
      if (journal != null) {
        journal.close();
      }
    } catch (IOException failure) {
      notice.accept("the journal's last entries could not be written: " + failure);
    }
  }
}
