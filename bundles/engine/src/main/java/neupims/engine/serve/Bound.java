// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.unit.Parameters;

/** A policy as a variant uses it: the plug-in and a value for each of its parameters. */
record Bound<T>(Plugin<T> plugin, Parameters parameters) {
  T service() {
    return plugin.service();
  }

  PluginInfo info() {
    return plugin.info();
  }
}
