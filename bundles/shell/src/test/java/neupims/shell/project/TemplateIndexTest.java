// SPDX-License-Identifier: Apache-2.0
package neupims.shell.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import neupims.api.run.PluginKind;
import org.junit.jupiter.api.Test;

/** The list of template files is that of the folder. */
final class TemplateIndexTest {
  @Test
  void theIndexListsWhatIsThere() throws IOException {
    Path root = Path.of("src/main/resources/neupims/shell/project");
    try (Stream<Path> files = Files.walk(root)) {
      List<String> there =
          files
              .filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString())
              .filter(file -> !file.equals("files.txt"))
              .sorted()
              .toList();
      assertEquals(there, Template.index());
    }
  }

  @Test
  void everyKindHasAWord() {
    List<String> words = PluginKind.all().stream().map(PluginKind::word).toList();
    assertTrue(words.containsAll(Template.kinds()), Template.kinds().toString());
  }
}
