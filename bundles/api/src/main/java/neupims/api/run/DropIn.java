// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

import java.nio.file.Path;
import java.util.List;

/**
 * A jar that was dropped in.
 *
 * @param file absolute
 * @param bundle symbolic name; empty if the file is no bundle
 * @param version version of the bundle; empty if the file is no bundle
 * @param revision tells two contents of one file apart, whatever their versions say
 * @param plugins what it brings that can be selected, or that another plug-in of the name hides
 * @param faults why it, or a plug-in of it, does not work; a clause each, empty if all does
 * @param notes what its author should know although all works, a clause each
 */
public record DropIn(
    Path file,
    String bundle,
    String version,
    long revision,
    List<PluginInfo> plugins,
    List<String> faults,
    List<String> notes) {
  /** Copies the lists. */
  public DropIn {
    plugins = List.copyOf(plugins);
    faults = List.copyOf(faults);
    notes = List.copyOf(notes);
  }

  /** Bundle and file, as problems begin: {@code my.policy 1.0.0 (/plugins/my.jar)}. */
  public String title() {
    return bundle.isEmpty() ? file.toString() : bundle + " " + version + " (" + file + ")";
  }
}
