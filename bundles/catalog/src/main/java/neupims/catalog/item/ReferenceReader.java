// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import neupims.api.run.CatalogKind;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/** Reads {@code "reference": {"option": {"description", "effect", "set": {"path": value}}}}. */
final class ReferenceReader {
  private ReferenceReader() {}

  static List<ReferenceOption> read(JsonObject reference, CatalogKind kind, Origin origin) {
    List<ReferenceOption> options = new ArrayList<>();
    for (Map.Entry<String, JsonElement> entry : reference.entrySet()) {
      String written = "reference." + entry.getKey();
      if (!(entry.getValue() instanceof JsonObject option)) {
        throw new Leaf(Leaf.Kind.OTHER, entry.getValue().toString(), written, origin)
            .refuse("an option is an object with description, effect and set");
      }
      JsonObject set = Notes.object(option, "set", "an object of key paths and values", origin);
      Values texts = Values.of(option, "", written + ".", origin);
      texts.forEach(ReferenceReader::refuseOther);
      Origin by = new Origin(origin.where() + " " + written, origin.directory());
      options.add(new ReferenceOption(entry.getKey(), Values.of(set, Item.prefix(kind), "", by)));
    }
    return options;
  }

  private static void refuseOther(String key, Leaf leaf) {
    if (!leaf.isText() || !(key.equals("description") || key.equals("effect"))) {
      throw leaf.refuse("an option has the texts description and effect, and the object set");
    }
  }
}
