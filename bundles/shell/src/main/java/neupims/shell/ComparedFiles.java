// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import neupims.api.unit.InputException;
import neupims.shell.compare.Comparison;
import neupims.shell.compare.Contender;

/**
 * What is to be compared: experiments, which are run, and results of runs that are over.
 *
 * @param experiments files of experiments
 * @param results results
 * @param resultsFirst whether the first of all is a result, and with it the baseline
 */
record ComparedFiles(List<Path> experiments, List<Result> results, boolean resultsFirst) {
  private static final String RESULT = "result.json";

  /** A result and what tells it from others. */
  record Result(String label, List<Contender> contenders) {}

  /**
   * Sorts files; a directory stands for the result in it, and a file with a schema is a result.
   *
   * @throws InputException if one cannot be read or a result is not one
   */
  static ComparedFiles read(List<Path> files) {
    List<Path> experiments = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    boolean resultsFirst = false;
    for (Path file : files) {
      Path path = Files.isDirectory(file) ? file.resolve(RESULT) : file;
      if (!Files.isDirectory(file) && !isResult(file)) {
        // The catalog reads it and says what is wrong with it.
        experiments.add(file);
      } else {
        resultsFirst |= experiments.isEmpty();
        results.add(new Result(label(path), Contender.of(object(path), path.toString())));
      }
    }
    return new ComparedFiles(experiments, results, resultsFirst);
  }

  /** The results beside the variants of the experiments, each under a name of its own. */
  List<Contender> with(List<Contender> run) {
    Set<String> taken = new HashSet<>();
    run.forEach(c -> taken.add(c.name()));
    List<Contender> read = new ArrayList<>();
    for (Result result : results) {
      List<Contender> renamed = Comparison.besides(result.contenders(), result.label(), taken);
      renamed.forEach(c -> taken.add(c.name()));
      read.addAll(renamed);
    }
    List<Contender> all = new ArrayList<>(resultsFirst ? read : run);
    all.addAll(resultsFirst ? run : read);
    return all;
  }

  private static String label(Path result) {
    Path directory = result.toAbsolutePath().normalize().getParent();
    Path name = directory == null ? null : directory.getFileName();
    return name == null ? "result" : name.toString();
  }

  private static boolean isResult(Path file) {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file));
      return json instanceof JsonObject object && object.has("schema");
    } catch (IOException | JsonParseException notOne) {
      return false;
    }
  }

  /** The JSON object in a file. */
  static JsonObject object(Path file) {
    try {
      if (JsonParser.parseString(Files.readString(file)) instanceof JsonObject object) {
        return object;
      }
      throw new InputException(file + ": not a JSON object");
    } catch (IOException missing) {
      throw new InputException(file + ": no such file, or it cannot be read", missing);
    } catch (JsonParseException broken) {
      throw new InputException(file + ": not valid JSON: " + broken.getMessage(), broken);
    }
  }
}
