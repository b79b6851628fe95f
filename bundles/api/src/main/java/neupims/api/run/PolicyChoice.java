// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.util.Optional;
import neupims.api.unit.Parameters;

/**
 * A policy by name, resolved.
 *
 * @param kind its kind, one of {@link PluginKind#live()}
 * @param name its {@code neupims.name}
 * @param version of its bundle, if only that one will do
 * @param parameters a value for each of its parameters
 */
public record PolicyChoice(
    PluginKind<?> kind, String name, Optional<String> version, Parameters parameters) {
  /** Whatever version is there. */
  public PolicyChoice(PluginKind<?> kind, String name, Parameters parameters) {
    this(kind, name, Optional.empty(), parameters);
  }
}
