// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/** What a file says to its readers only: {@code description} and {@code sources}. */
public final class Notes {
  private Notes() {}

  /**
   * Takes them out of a file's object.
   *
   * @throws neupims.api.unit.InputException if the description or a source is not a text
   */
  public static void takeFrom(JsonObject json, Origin origin) {
    text(json, "description", origin);
    JsonObject sources = object(json, "sources", "an object of key paths and texts", origin);
    Values.of(sources, "", "sources.", origin).forEach((path, leaf) -> refuseOther(leaf));
  }

  /** Takes a text out that may be missing. */
  static Optional<Leaf> text(JsonObject json, String key, Origin origin) {
    if (!json.has(key)) {
      return Optional.empty();
    }
    JsonObject one = new JsonObject();
    one.add(key, json.remove(key));
    Values values = Values.of(one, "", "", origin);
    values.forEach((path, leaf) -> refuseOther(leaf));
    return values.get(key);
  }

  /** Takes an object out that may be missing, empty then. */
  static JsonObject object(JsonObject json, String key, String what, Origin origin) {
    if (!json.has(key)) {
      return new JsonObject();
    }
    JsonElement value = json.remove(key);
    if (value instanceof JsonObject object) {
      return object;
    }
    Leaf leaf = new Leaf(Leaf.Kind.OTHER, value.toString(), key, origin);
    throw leaf.refuse(leaf.shown() + " is not " + what);
  }

  private static void refuseOther(Leaf leaf) {
    if (!leaf.isText()) {
      throw leaf.refuse(leaf.shown() + " is not a text");
    }
  }
}
