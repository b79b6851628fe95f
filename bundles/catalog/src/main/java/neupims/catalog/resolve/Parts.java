// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import neupims.catalog.item.Item;
import neupims.catalog.item.ItemReader;
import neupims.catalog.item.PartNames;
import neupims.catalog.schema.Schema;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/**
 * The items that an experiment names: first its system, then the parts, which the system may name.
 */
final class Parts {
  private static final String SYSTEM = CatalogKind.SYSTEM.word();

  private final Map<CatalogKind, Item> items = new EnumMap<>(CatalogKind.class);
  private final Values names = new Values();
  private final Layers layers;
  private final Values defaults;

  private Parts(Layers layers, Values defaults) {
    this.layers = layers;
    this.defaults = defaults;
  }

  /**
   * Reads the items of the kinds that a schema has keys for.
   *
   * @throws InputException if one has no name or cannot be read
   */
  static Parts read(Schema schema, ItemReader reader, Layers layers, Values defaults) {
    Parts parts = new Parts(layers, defaults);
    if (schema.key(SYSTEM).isPresent()) {
      parts.add(CatalogKind.SYSTEM, SYSTEM, reader);
    }
    for (CatalogKind part : PartNames.PARTS) {
      if (schema.key(PartNames.path(part)).isPresent() && parts.has(part)) {
        parts.add(part, PartNames.path(part), reader);
      }
    }
    return parts;
  }

  /** A system is an accelerator, or an NPU and a memory; everything has a model. */
  private boolean has(CatalogKind part) {
    Item system = items.get(CatalogKind.SYSTEM);
    if (system == null || part == CatalogKind.MODEL) {
      return true;
    }
    HardwareKeys.refuseBoth(system);
    boolean whole = system.values().get(PartNames.path(CatalogKind.ACCELERATOR)).isPresent();
    return whole == (part == CatalogKind.ACCELERATOR);
  }

  private void add(CatalogKind kind, String path, ItemReader reader) {
    Leaf name = name(kind, path);
    names.put(path, name);
    items.put(kind, reader.read(kind, name));
  }

  private Leaf name(CatalogKind kind, String path) {
    Item system = items.get(CatalogKind.SYSTEM);
    return layers
        .top(path)
        .or(() -> system == null ? defaults.get(path) : system.values().get(path))
        .or(() -> defaults.get(path))
        .orElseThrow(
            () -> new InputException(owner(path) + ": missing; expected a " + kind.word()));
  }

  /**
   * The items' values under each other: parts, then the system that may change them, then names.
   */
  Values values() {
    Values values = new Values();
    inOrder().forEach(item -> values.putAll(item.values()));
    values.putAll(names);
    return values;
  }

  /** Parts first, the system last. */
  Collection<Item> inOrder() {
    List<Item> order = new ArrayList<>();
    for (CatalogKind part : PartNames.PARTS) {
      if (items.containsKey(part)) {
        order.add(items.get(part));
      }
    }
    if (items.containsKey(CatalogKind.SYSTEM)) {
      order.add(items.get(CatalogKind.SYSTEM));
    }
    return order;
  }

  /** The file that should give a key path, and the path in it. */
  String owner(String path) {
    for (Item item : inOrder()) {
      if (path.startsWith(Item.prefix(item.kind()))) {
        return item.at(path);
      }
    }
    return path;
  }
}
