// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;

/**
 * What became of a plug-in's check.
 *
 * @param plugin who was checked; of a bundle that cannot start only the bundle is known, the kind
 *     is empty then
 * @param properties in the order in which they were tried, at least one
 */
public record PluginCheck(PluginInfo plugin, List<PropertyResult> properties) {
  public PluginCheck {
    properties = List.copyOf(properties);
  }

  /** Whether all properties hold. */
  public boolean pass() {
    return properties.stream().allMatch(PropertyResult::pass);
  }
}
