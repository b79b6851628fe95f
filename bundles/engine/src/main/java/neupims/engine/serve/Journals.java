// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.run.Fidelity;
import neupims.api.run.PluginInfo;
import neupims.api.run.Plugins;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;
import neupims.api.run.VariantResult;
import neupims.engine.journal.Journal;
import neupims.engine.journal.JournalHead;

/**
 * The journals of a run, {@code journal/<number>.journal} in its directory, a variant each. They
 * are there as long as the run is not complete.
 */
final class Journals {
  /** Of a run that keeps no files. */
  private static final Journals NONE = new Journals(null, null, false);

  private final Path folder;
  private final Plugins plugins;
  private final boolean resumes;

  private Journals(Path folder, Plugins plugins, boolean resumes) {
    this.folder = folder;
    this.plugins = plugins;
    this.resumes = resumes;
  }

  /** As an observer wants it; what is left of an earlier run in the directory goes. */
  static Journals of(RunObserver observer, Plugins plugins) {
    Optional<Path> directory = observer.directory();
    if (directory.isEmpty()) {
      return NONE;
    }
    Journals journals =
        new Journals(directory.get().resolve("journal"), plugins, observer.resumes());
    if (!journals.resumes) {
      journals.remove();
    }
    return journals;
  }

  /**
   * The device of a variant. What is not simulated command by command needs no journal: it is there
   * again as fast.
   *
   * @param index of the variant in the experiment
   * @param policies that it begins with
   * @throws neupims.api.unit.InputException if there is a journal of other hardware
   */
  ProgramDevice of(
      int index,
      Variant variant,
      Wiring wiring,
      List<PluginInfo> policies,
      ProgramDevice device,
      RunObserver observer) {
    boolean exact = variant.fidelity() == Fidelity.EXACT && wiring.deviceModel().isEmpty();
    if (folder == null || !exact) {
      return device;
    }
    Path file = folder.resolve(index + ".journal");
    List<PluginInfo> deciding = new ArrayList<>(policies);
    deciding.add(wiring.source().info());
    deciding.add(wiring.interconnect().info());
    JournalHead head =
        JournalHead.of(
            variant,
            plugins,
            List.of(wiring.npuModel().info(), wiring.memoryModel().info()),
            deciding);
    if (resumes) {
      check(file, head, variant, observer);
    }
    return new JournaledDevice(
        device,
        () -> resumes ? Journal.resume(file, head) : Journal.begin(file, head),
        () -> Journal.resume(file, head),
        line -> observer.notice(variant.name(), line));
  }

  private static void check(Path file, JournalHead head, Variant variant, RunObserver observer) {
    try (Journal journal = Journal.resume(file, head)) {
      journal
          .otherPolicies()
          .ifPresent(
              changes ->
                  observer.notice(
                      variant.name(),
                      "warning: the run began with "
                          + changes
                          + ": it goes on as long as that decides what was decided before, and the"
                          + " result is that of what is there now"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + ": cannot be read", unreadable);
    }
  }

  /**
   * The run is over: who has everything needs no journal. One that cannot be removed does no harm,
   * as only a run that resumes would read it.
   */
  void ended(List<VariantResult> results) {
    boolean completed = results.stream().allMatch(r -> r.stopped().equals("completed"));
    try {
      if (completed) {
        remove();
      }
    } catch (UncheckedIOException stays) {
      // See above.
    }
  }

  private void remove() {
    if (folder == null || Files.notExists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.journal")) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (DirectoryNotEmptyException others) {
      // Somebody keeps files of his own there.
    } catch (IOException kept) {
      throw new UncheckedIOException(folder + ": cannot be removed", kept);
    }
  }
}
