// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The command line without what is the launcher's own.
 *
 * @param pluginFolders folders given with {@code --plugins}, absolute, in order
 * @param rest everything else, in order
 */
record Arguments(List<Path> pluginFolders, List<String> rest) {
  private static final String PLUGINS = "--plugins";

  /**
   * Takes {@code --plugins DIR} and {@code --plugins=DIR} out, wherever they stand; a relative
   * folder resolves against the working directory.
   *
   * @throws IllegalArgumentException if a folder is not given or not there
   */
  static Arguments parse(String... args) {
    List<Path> folders = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    Iterator<String> words = Arrays.asList(args).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals(PLUGINS)) {
        if (!words.hasNext()) {
          throw new IllegalArgumentException(PLUGINS + " needs a folder");
        }
        folders.add(folder(words.next()));
      } else if (word.startsWith(PLUGINS + "=")) {
        folders.add(folder(word.substring(PLUGINS.length() + 1)));
      } else {
        rest.add(word);
      }
    }
    return new Arguments(List.copyOf(folders), List.copyOf(rest));
  }

  String[] command() {
    return rest.toArray(String[]::new);
  }

  /** The first word that is no option; empty if there is none. */
  String commandWord() {
    return rest.stream().filter(word -> !word.startsWith("-")).findFirst().orElse("");
  }

  private static Path folder(String name) {
    Path folder = Path.of(name).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      String found = Files.exists(folder) ? " is a file, not a folder of jars" : " does not exist";
      throw new IllegalArgumentException(PLUGINS + " " + name + ": " + folder + found);
    }
    return folder;
  }
}
