// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.List;
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
}
