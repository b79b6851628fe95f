// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {
  @TempDir private Path folder;
  private int fits;

  private FastModel fit() {
    fits++;
    RowCurve curve = new RowCurve(new int[] {1, 3}, new double[][] {{0.1 + 0.2}, {1 / 3.0}});
    return new FastModel(
        Map.of("a", curve), null, null, Overlap.none(), null, true, 5, 2, Math.PI, 1e-17, -0.0);
  }

  private ModelStore store() {
    return new ModelStore(() -> folder.resolve("deep"));
  }

  private static void assertSame(FastModel one, FastModel two) {
    assertArrayEquals(one.chains().get("a").costs()[0], two.chains().get("a").costs()[0]);
    assertArrayEquals(one.chains().get("a").costs()[1], two.chains().get("a").costs()[1]);
    assertEquals(one.meanErrorPercent(), two.meanErrorPercent());
    assertEquals(one.maxErrorPercent(), two.maxErrorPercent());
    assertEquals(one.biasPercent(), two.biasPercent());
  }

  @Test
  void aKeptModelIsTheFittedOneToTheBit() {
    FastModel fitted = store().get("key", this::fit);
    FastModel read = store().get("key", this::fit);
    assertEquals(1, fits);
    assertSame(fit(), read);
    assertSame(fitted, read);
  }

  @Test
  void anotherKeyIsFittedAnew() {
    store().get("key", this::fit);
    store().get("other", this::fit);
    assertEquals(2, fits);
  }

  @Test
  void aDamagedFileIsFittedAnewAndReplaced() throws IOException {
    store().get("key", this::fit);
    Path file;
    try (Stream<Path> files = Files.list(folder.resolve("deep"))) {
      file = files.findFirst().orElseThrow();
    }
    String whole = Files.readString(file);
    List<String> damaged =
        List.of(
            "", "null", "{}", "[1]", whole.substring(0, whole.length() / 2), "{\"key\": \"x\"}");
    for (String text : damaged) {
      Files.writeString(file, text);
      assertSame(fit(), store().get("key", this::fit));
      fits--;
      assertEquals(whole, Files.readString(file), text);
    }
    assertEquals(1 + damaged.size(), fits);
  }

  @Test
  void withoutAPlaceToKeepItTheModelIsThere() throws IOException {
    Files.writeString(folder.resolve("deep"), "a file where the directory should be");
    assertSame(fit(), store().get("key", this::fit));
  }
}
