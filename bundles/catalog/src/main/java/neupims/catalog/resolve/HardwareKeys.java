// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import neupims.api.run.CatalogKind;
import neupims.api.unit.InputException;
import neupims.catalog.item.Item;
import neupims.catalog.item.ItemReader;
import neupims.catalog.item.PartNames;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/**
 * A system is an NPU and a memory, or an accelerator, and has keys of its own kind only. As with a
 * workload's source, what lies below the layer that chooses the system is dropped if the system has
 * no such part; what lies with it or above is refused.
 */
final class HardwareKeys {
  private static final String SYSTEM = CatalogKind.SYSTEM.word();
  private static final List<String> PARTS = List.of("npu", "memory", "device");
  private static final List<String> WHOLE = List.of("accelerator");

  private final ItemReader items;

  HardwareKeys(ItemReader items) {
    this.items = items;
  }

  /**
   * The layers, lowest first, without keys of hardware that the system does not have.
   *
   * @throws InputException if such a key is given with the system or above it
   */
  List<Values> withoutOthers(List<Values> layers) {
    int chooser = layers.size() - 1;
    while (chooser > 0 && layers.get(chooser).get(SYSTEM).isEmpty()) {
      chooser--;
    }
    Optional<Leaf> name = layers.get(chooser).get(SYSTEM);
    if (name.isEmpty()) {
      return layers;
    }
    boolean whole = isWhole(items.read(CatalogKind.SYSTEM, name.get()).values());
    List<String> foreign = whole ? PARTS : WHOLE;
    List<Values> kept = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      kept.add(i < chooser ? without(foreign, layers.get(i)) : layers.get(i));
      if (i >= chooser) {
        refuse(foreign, layers.get(i), name.get().text(), whole);
      }
    }
    return kept;
  }

  /** Whether a system's values name an accelerator. */
  private static boolean isWhole(Values system) {
    return system.get(PartNames.path(CatalogKind.ACCELERATOR)).isPresent();
  }

  private static boolean isOf(List<String> roots, String path) {
    return roots.contains(path.split("\\.", 2)[0]);
  }

  private static Values without(List<String> foreign, Values layer) {
    Values kept = new Values();
    layer.forEach(
        (path, leaf) -> {
          if (!isOf(foreign, path)) {
            kept.put(path, leaf);
          }
        });
    return kept;
  }

  private static void refuse(List<String> foreign, Values layer, String system, boolean whole) {
    layer.forEach(
        (path, leaf) -> {
          if (isOf(foreign, path)) {
            throw leaf.refuse(
                whole
                    ? "not allowed: system "
                        + system
                        + " is an accelerator, it has no "
                        + root(path)
                    : "not allowed: system "
                        + system
                        + " is an NPU and a memory; choose a system that is an accelerator");
          }
        });
  }

  private static String root(String path) {
    return path.split("\\.", 2)[0];
  }

  /** What the parts of a system with both kinds would contradict. */
  static void refuseBoth(Item system) {
    Values values = system.values();
    Optional<Leaf> whole = values.get(PartNames.path(CatalogKind.ACCELERATOR));
    for (String part : PARTS) {
      if (whole.isPresent() && values.anyUnder(part + ".")) {
        throw whole
            .get()
            .refuse("a system is an accelerator or an NPU and a memory, this one has a " + part);
      }
    }
  }
}
