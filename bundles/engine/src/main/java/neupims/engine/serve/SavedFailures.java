// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import neupims.api.run.PluginInfo;
import neupims.api.run.Variant;
import neupims.api.schedule.GemvEstimator;
import neupims.api.unit.InputException;
import neupims.calls.SavedCall;

/** Saves calls that came to nothing in {@code failures/}, for {@code ./neupims replay-call}. */
final class SavedFailures implements FailureFile {
  private static final String FOLDER = "failures";

  /** Lines of a stack: enough to see how it came to that, a recursion without end included. */
  private static final int MOST_LINES = 50;

  private final Variant variant;
  private final Path directory;

  /**
   * Of a variant.
   *
   * @param directory of the run
   */
  SavedFailures(Variant variant, Path directory) {
    this.variant = variant;
    this.directory = directory;
  }

  /**
   * Removes what an earlier run has saved in a directory, and nothing else: a file is of a run if
   * it is a saved call under the name that a run gives to it.
   */
  static void removeFrom(Path directory) {
    Path folder = directory.resolve(FOLDER);
    if (Files.notExists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        if (isSavedByARun(file)) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (DirectoryNotEmptyException others) {
      // Somebody keeps files of his own there.
    } catch (IOException kept) {
      throw new UncheckedIOException(folder + ": cannot be removed", kept);
    }
  }

  private static boolean isSavedByARun(Path file) {
    try {
      SavedCall call = SavedCall.load(file);
      String name = name(call.variant(), call.policy(), call.iteration());
      return file.getFileName().toString().equals(name);
    } catch (InputException another) {
      return false;
    }
  }

  private static String name(String variant, PluginInfo policy, long iteration) {
    return "%s-%s-%d.json"
        .formatted(variant.replaceAll("[^A-Za-z0-9._-]", "_"), policy.kind(), iteration);
  }

  @Override
  public String save(
      PluginInfo policy, long iteration, Object input, Trouble trouble, GemvEstimator estimator) {
    SavedCall call =
        new SavedCall(
            policy, variant.name(), iteration, trouble.getMessage(), stack(trouble), input);
    String name = name(variant.name(), policy, iteration);
    try {
      Files.createDirectories(directory.resolve(FOLDER));
      call.frozen(variant.shard().model().maxPositions(), estimator)
          .save(directory.resolve(FOLDER).resolve(name));
      return "; to make the call again: ./neupims replay-call " + FOLDER + "/" + name;
    } catch (IOException | RuntimeException | LinkageError unsaved) {
      return "; the call could not be saved: " + unsaved;
    }
  }

  private static List<String> stack(Trouble trouble) {
    Throwable cause = trouble.getCause();
    return cause == null
        ? List.of()
        : Arrays.stream(cause.getStackTrace())
            .limit(MOST_LINES)
            .map(StackTraceElement::toString)
            .toList();
  }
}
