// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.catalog.text.JsonText;
import neupims.catalog.text.TextFile;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;

/**
 * The catalog's own files, which are resources of this bundle, those that plug-ins bring, and those
 * that users name by a path that ends in {@code .json}. The catalog's own names are nobody else's.
 */
public final class CatalogFiles {
  /** Where files are in a bundle. */
  static final String ROOT = "neupims/catalog/";

  /** What their names end in. */
  static final String SUFFIX = ".json";

  private static final Map<CatalogKind, String> FOLDERS = new EnumMap<>(CatalogKind.class);

  static {
    FOLDERS.put(CatalogKind.MODEL, "models");
    FOLDERS.put(CatalogKind.MEMORY, "memories");
    FOLDERS.put(CatalogKind.NPU, "npus");
    FOLDERS.put(CatalogKind.ACCELERATOR, "accelerators");
    FOLDERS.put(CatalogKind.SYSTEM, "systems");
    FOLDERS.put(CatalogKind.DATASET, "datasets");
  }

  private final Map<CatalogKind, List<String>> names = new EnumMap<>(CatalogKind.class);
  private final MoreItems more;

  /** A file's content and where it is from. */
  record Found(JsonObject json, Origin origin) {}

  /** Reads the list of names. */
  public CatalogFiles(MoreItems more) {
    this.more = more;
    JsonObject index = resource("index.json").json();
    for (CatalogKind kind : CatalogKind.values()) {
      List<String> sorted = new ArrayList<>();
      for (JsonElement name : index.getAsJsonArray(FOLDERS.get(kind))) {
        sorted.add(name.getAsString());
      }
      sorted.sort(null);
      names.put(kind, List.copyOf(sorted));
    }
  }

  /** All names of a kind, sorted. */
  public List<String> names(CatalogKind kind) {
    TreeSet<String> all = new TreeSet<>(names.get(kind));
    all.addAll(more.names(kind));
    return List.copyOf(all);
  }

  /** The folder of a kind. */
  static String folder(CatalogKind kind) {
    return FOLDERS.get(kind);
  }

  /** A file of this bundle that is no item: the default experiment, the key table. */
  public static JsonObject own(String path) {
    return resource(path).json();
  }

  /**
   * The file that a name stands for.
   *
   * @throws neupims.api.unit.InputException if there is no such name or file
   */
  Found find(CatalogKind kind, Leaf name) {
    if (name.isText() && name.text().endsWith(SUFFIX)) {
      return file(name, "a " + kind.word() + " as a JSON file");
    }
    List<String> known = names(kind);
    if (!name.isText() || !known.contains(name.text())) {
      throw name.refuse(
          "%s is not a known %s; allowed: %s or a path that ends in %s%s"
              .formatted(
                  name.shown(),
                  kind.word(),
                  String.join(", ", known),
                  SUFFIX,
                  NearestName.hint(name.text(), known)));
    }
    return names.get(kind).contains(name.text())
        ? resource(FOLDERS.get(kind) + "/" + name.text() + SUFFIX)
        : brought(kind, name);
  }

  private Found brought(CatalogKind kind, Leaf name) {
    MoreItems.Item item = more.open(kind, name.text());
    try (InputStream stream = item.content()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new Found(JsonText.object(item.where(), text), Origin.of(item.where()));
    } catch (IOException broken) {
      throw new InputException("cannot read " + item.where(), broken);
    }
  }

  private static Found file(Leaf name, String what) {
    Path file = name.file();
    String text = TextFile.read(file, what, name.at() + ": ");
    return new Found(JsonText.object(file.toString(), text), Origin.of(file));
  }

  private static Found resource(String path) {
    String where = "catalog/" + path;
    try (InputStream stream = CatalogFiles.class.getResourceAsStream("/" + ROOT + path)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new Found(JsonText.object(where, text), Origin.of(where));
    } catch (IOException broken) {
      throw new IllegalStateException("cannot read " + where + " of the catalog bundle", broken);
    }
  }
}
