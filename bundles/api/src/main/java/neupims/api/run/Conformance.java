// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Tries plug-ins on what their interfaces promise. */
@ProviderType
public interface Conformance {
  /**
   * Every plug-in of a bundle, by kind and name. A bundle that is not installed is for the time of
   * the check, in place of another version of itself.
   *
   * @param jar the bundle's file
   * @param limit how long a property may take; one that takes longer does not hold
   * @param values of parameters that request sources want and have no default for, by name
   * @throws neupims.api.unit.InputException if there is no such file, it is no bundle, or no
   *     plug-in is in it
   */
  List<PluginCheck> check(Path jar, Duration limit, Map<String, String> values);
}
