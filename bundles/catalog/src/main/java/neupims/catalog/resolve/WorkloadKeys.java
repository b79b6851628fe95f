// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import neupims.api.unit.ParameterSpec;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/**
 * Keys of {@code workload}, which depend on the request source. Whoever chooses a source gives its
 * keys too: of the layers below, only those count that the source has. What is given together with
 * the source or above it is never dropped, so that a wrong key there is refused.
 */
final class WorkloadKeys {
  /** What begins every key path. */
  static final String PREFIX = "workload.";

  private static final List<String> OF_EVERY_SOURCE = List.of("source", "requests");

  private final PluginNames plugins;

  WorkloadKeys(PluginNames plugins) {
    this.plugins = plugins;
  }

  /** The layers, lowest first, without keys that only a source has that is not chosen. */
  List<Values> withoutOthers(List<Values> layers) {
    int chooser = layers.size() - 1;
    while (chooser > 0 && layers.get(chooser).get(PluginNames.SOURCE).isEmpty()) {
      chooser--;
    }
    if (chooser <= 0) {
      return layers;
    }
    Set<String> known = known(layers.get(chooser).get(PluginNames.SOURCE).orElseThrow());
    List<Values> kept = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      kept.add(i < chooser ? only(known, layers.get(i)) : layers.get(i));
    }
    return kept;
  }

  private Set<String> known(Leaf source) {
    Set<String> known = new HashSet<>();
    OF_EVERY_SOURCE.forEach(word -> known.add(PREFIX + word));
    for (ParameterSpec spec : plugins.ofSource(source)) {
      known.add(PREFIX + spec.name());
    }
    return known;
  }

  private static Values only(Set<String> known, Values layer) {
    Values kept = new Values();
    layer.forEach(
        (path, leaf) -> {
          if (!path.startsWith(PREFIX) || known.contains(path)) {
            kept.put(path, leaf);
          }
        });
    return kept;
  }
}
