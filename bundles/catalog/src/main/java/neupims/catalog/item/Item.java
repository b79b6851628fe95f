// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.item;

import java.util.Map;
import neupims.api.run.CatalogKind;
import neupims.catalog.value.Origin;
import neupims.catalog.value.Values;

/**
 * A model, NPU, memory or system as read, its base included.
 *
 * @param kind what it is
 * @param origin its file
 * @param values by key path of a resolved experiment
 * @param reference its reference options by name
 */
public record Item(
    CatalogKind kind, Origin origin, Values values, Map<String, ReferenceOption> reference) {

  /**
   * What begins the key paths of an item of a kind: {@code memory.}; systems begin with nothing.
   */
  public static String prefix(CatalogKind kind) {
    return kind == CatalogKind.SYSTEM ? "" : kind.word() + ".";
  }

  /** Where in the file a key path should stand, for messages. */
  public String at(String path) {
    return origin.where() + ": " + path.substring(prefix(kind).length());
  }
}
