// SPDX-License-Identifier: Apache-2.0
package neupims.catalog.schema;

import java.util.List;
import neupims.api.unit.ParameterSpec;

/**
 * The keys of a plug-in's own parameters.
 *
 * @param component path of the record component that holds them
 * @param prefix what begins their key paths, ends with a dot
 * @param specs what the plug-in declares
 */
public record ParameterKeys(String component, String prefix, List<ParameterSpec> specs) {
  public ParameterKeys {
    specs = List.copyOf(specs);
  }
}
