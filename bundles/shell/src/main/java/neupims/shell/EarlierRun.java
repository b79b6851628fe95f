// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import neupims.api.run.Catalog;
import neupims.api.run.Experiment;
import neupims.api.unit.InputException;

/** A run that ended before its time, as its directory has it. */
final class EarlierRun {
  private static final String RECORDING = "recording.json";

  /** The main report of a run. */
  static final String RESULT = "result.json";

  private EarlierRun() {}

  /**
   * Its experiment, with the swaps that it has seen.
   *
   * @throws InputException if there is no such run, or it is complete
   */
  static Experiment experiment(Catalog catalog, Path directory) {
    Path recording = directory.resolve(RECORDING);
    if (!Files.isRegularFile(recording)) {
      throw new InputException(
          "--resume %s: there is no %s; expected the directory of a run that ended early"
              .formatted(directory, RECORDING));
    }
    Path result = directory.resolve(RESULT);
    if (Files.isRegularFile(result) && complete(ComparedFiles.object(result))) {
      throw new InputException(
          "--resume %s: the run is complete, its result is %s".formatted(directory, result));
    }
    return catalog.experiment(recording, List.of());
  }

  /**
   * Takes the result of an earlier run away, as it is no longer the result of what is there.
   *
   * @param resumes whether that run is gone on with
   * @param say takes a line if the result of another run is replaced
   */
  static void replace(Path directory, boolean resumes, Consumer<String> say) throws IOException {
    if (Files.deleteIfExists(directory.resolve(RESULT)) && !resumes) {
      say.accept("the result of an earlier run in " + directory + " is replaced");
    }
  }

  private static boolean complete(JsonObject result) {
    if (result.get("variants") == null || !result.get("variants").isJsonArray()) {
      return false;
    }
    for (JsonElement variant : result.getAsJsonArray("variants")) {
      JsonElement stopped = variant.getAsJsonObject().get("stopped");
      if (stopped == null || !stopped.getAsString().equals("completed")) {
        return false;
      }
    }
    return true;
  }
}
