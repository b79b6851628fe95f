// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The plug-ins that are registered right now. */
@ProviderType
public interface Plugins {
  /** All plug-ins, sorted by kind (in the order of {@link PluginKind#all()}) and name. */
  List<PluginInfo> list();

  /**
   * The plug-in of a kind and name; of several with one name that of the highest service ranking.
   *
   * @throws neupims.api.unit.InputException if there is none: the message lists the known ones with
   *     bundle and version
   */
  <T> Plugin<T> select(PluginKind<T> kind, String name);

  /**
   * The same, empty if there is none.
   *
   * @param version of the bundle, if only that one will do
   */
  <T> Optional<Plugin<T>> find(PluginKind<T> kind, String name, Optional<String> version);

  /**
   * Grows whenever a plug-in comes, goes or changes: as long as it does not, what was looked up
   * after it was read holds. Costs a read of memory.
   */
  long changes();

  /**
   * Digest of what is in a plug-in's bundle, whatever its version says: two builds of one source
   * have the same. Empty where nobody knows.
   */
  default String content(PluginInfo plugin) {
    return "";
  }

  /** What a plug-in is, in a line: kind, name, bundle, version and, where it is known, content. */
  default String identity(PluginInfo plugin) {
    String content = content(plugin);
    return "%s %s (%s %s%s)"
        .formatted(
            plugin.kind(),
            plugin.name(),
            plugin.bundle(),
            plugin.version(),
            content.isEmpty() ? "" : ", content " + content);
  }

  /** The bundles that simulate, without plug-ins: name, version and digest of each. */
  default List<String> engine() {
    return List.of();
  }
}
