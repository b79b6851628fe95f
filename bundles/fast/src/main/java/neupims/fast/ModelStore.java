// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Fitted models on disk, a file each, named by a digest of what the fit depends on, which is in the
 * file too. A model goes through its file's text whether it was just fitted or read, so that
 * results cannot depend on what is there. A file that cannot be read or written is as good as none.
 */
final class ModelStore {
  /** A file's content. */
  private record Entry(String key, FastModel model) {}

  private final Supplier<Path> home;
  private final Gson gson = new Gson();

  /**
   * Models on disk.
   *
   * @param home their directory, which need not be there; asked for each time
   */
  ModelStore(Supplier<Path> home) {
    this.home = home;
  }

  /**
   * Where models are kept: the user's cache directory by the XDG base directory specification, or
   * the system property {@code neupims.cache}.
   */
  static Path home() {
    String given = System.getProperty("neupims.cache");
    if (given != null) {
      return Path.of(given);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache != null && Path.of(cache).isAbsolute()
            ? Path.of(cache)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("neupims").resolve("fast");
  }

  /** The model of a key, fitted if it is not there. */
  FastModel get(String key, Supplier<FastModel> fit) {
    byte[] digest = CodeDigest.sha256().digest(key.getBytes(StandardCharsets.UTF_8));
    Path file = home.get().resolve(HexFormat.of().formatHex(digest) + ".json");
    return read(file, key).orElseGet(() -> kept(file, new Entry(key, fit.get())));
  }

  private Optional<FastModel> read(Path file, String key) {
    try {
      Entry entry = gson.fromJson(Files.readString(file), Entry.class);
      return entry != null && key.equals(entry.key())
          ? Optional.ofNullable(entry.model())
          : Optional.empty();
    } catch (IOException | JsonParseException unreadable) {
      return Optional.empty();
    }
  }

  private FastModel kept(Path file, Entry entry) {
    String text = gson.toJson(entry);
    try {
      Path directory = Files.createDirectories(file.getParent());
      Path written = Files.createTempFile(directory, "fit", ".tmp");
      Files.writeString(written, text);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException notKept) {
      // The next run fits again.
    }
    return gson.fromJson(text, Entry.class).model();
  }
}
