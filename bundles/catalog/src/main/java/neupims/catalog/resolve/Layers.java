// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.resolve;

import java.util.List;
import java.util.Optional;
import neupims.catalog.item.PartNames;
import neupims.catalog.value.Leaf;
import neupims.catalog.value.Values;

/**
 * What a user gives, lowest first: experiment file, variant, settings. The catalog's own values lie
 * below.
 */
final class Layers {
  private final List<Values> given;

  /**
   * The layers.
   *
   * @throws neupims.api.unit.InputException if a layer names a part twice
   */
  Layers(List<Values> given) {
    this.given = given.stream().map(Values::copy).toList();
    this.given.forEach(PartNames::expand);
  }

  /** The value of a path in the highest layer that has it. */
  Optional<Leaf> top(String path) {
    return given.stream()
        .map(layer -> layer.get(path))
        .flatMap(Optional::stream)
        .reduce((lower, higher) -> higher);
  }

  /** All values, the higher layer's over the lower's. */
  Values flat() {
    Values all = new Values();
    given.forEach(all::putAll);
    return all;
  }
}
