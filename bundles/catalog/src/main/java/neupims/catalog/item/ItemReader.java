// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import neupims.api.unit.NearestName;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * Reads models, NPUs, memories and systems: an item is its base with its own values on top. A model
 * may also be a published config.json, see {@link ModelConfig}.
 */
public final class ItemReader {
  private static final List<String> SYSTEM_KEYS =
      List.of(
          "npu",
          "memory",
          "device",
          "accelerator",
          "interconnect",
          "compiler",
          "scheduler",
          "schedulerParameters",
          "placement",
          "placementParameters",
          "split",
          "splitParameters",
          "estimator");

  private final CatalogFiles files;
  private final ModelConfig configs = new ModelConfig();

  /** Of these files. */
  public ItemReader(CatalogFiles files) {
    this.files = files;
  }

  /**
   * The item that a name or file name stands for.
   *
   * @throws InputException if it cannot be read
   */
  public Item read(CatalogKind kind, Leaf name) {
    return read(kind, name, new ArrayList<>());
  }

  private Item read(CatalogKind kind, Leaf name, List<String> chain) {
    CatalogFiles.Found found = files.find(kind, name);
    Origin origin = found.origin();
    if (chain.contains(origin.where())) {
      throw name.refuse(
          "goes round in circles: " + String.join(" > ", chain) + " > " + origin.where());
    }
    chain.add(origin.where());
    JsonObject json = found.json();
    if (kind == CatalogKind.MODEL && configs.is(json)) {
      return new Item(kind, origin, configs.read(json, origin), Map.of());
    }
    Optional<Leaf> base = Notes.text(json, "base", origin);
    Notes.takeFrom(json, origin);
    JsonObject reference = Notes.object(json, "reference", "an object of options", origin);
    Values own = Values.of(json, Item.prefix(kind), "", origin);
    settle(kind, own);
    Values values = new Values();
    Map<String, ReferenceOption> options = new LinkedHashMap<>();
    if (base.isPresent()) {
      Item below = read(kind, base.get(), chain);
      values.putAll(below.values());
      options.putAll(below.reference());
    }
    values.putAll(own);
    ReferenceReader.read(reference, kind, origin).forEach(o -> options.put(o.name(), o));
    return new Item(kind, origin, values, options);
  }

  /** Brings the file's keys to those of a resolved experiment. */
  private static void settle(CatalogKind kind, Values own) {
    if (kind == CatalogKind.SYSTEM) {
      own.forEach(ItemReader::refuseForeign);
      PartNames.expand(own);
    } else {
      own.get(PartNames.path(kind)).ifPresent(ItemReader::refuseName);
    }
    if (kind == CatalogKind.MODEL) {
      own.rename("model.defaults.tp", "tp");
      own.rename("model.defaults.pp", "pp");
    }
  }

  private static void refuseName(Leaf leaf) {
    throw leaf.refuse("not allowed: an item is called what its file is called");
  }

  private static void refuseForeign(String path, Leaf leaf) {
    String root = path.split("\\.", 2)[0];
    if (!SYSTEM_KEYS.contains(root)) {
      throw leaf.refuse(
          "not a key of a system; allowed: base, description, sources, reference, "
              + String.join(", ", SYSTEM_KEYS)
              + NearestName.hint(root, SYSTEM_KEYS));
    }
  }
}
