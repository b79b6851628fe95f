// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import neupims.api.run.DropIn;
import neupims.api.run.PluginInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleRevision;

/** Finds out what a dropped jar brings and what is wrong with it. */
final class Inspection {
  private final BundleContext context;
  private final Offers offers;

  Inspection(BundleContext context, Components components, Patience patience) {
    this.context = context;
    offers = new Offers(context, components, patience);
  }

  DropIn inspect(DroppedJar jar) {
    List<PluginInfo> plugins = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Bundle bundle = jar.bundle().orElse(null);
    if (jar.isDuplicate()) {
      faults.add(twin(jar.file));
    } else if (jar.fault() != null) {
      faults.add(jar.fault());
    } else if (bundle.getState() == Bundle.INSTALLED) {
      faults.add(
          Unresolved.explain(bundle, context.getBundles())
              .orElse("does not resolve: what it needs is there, but not all of it at once"));
    } else if (!isFragment(bundle)) {
      offers.inspect(bundle, plugins, faults, notes);
    }
    if (bundle != null && bundle.getState() != Bundle.INSTALLED && !faults.isEmpty()) {
      // The reason for whatever else is wrong, which would only repeat it in other words.
      ClassVersions.newest(bundle)
          .ifPresent(
              newer -> {
                faults.clear();
                faults.add(newer);
              });
    }
    return new DropIn(
        jar.file,
        bundle == null ? "" : bundle.getSymbolicName(),
        bundle == null ? "" : bundle.getVersion().toString(),
        jar.revision(),
        plugins,
        faults,
        notes);
  }

  /** Of two bundles of one name and version the framework takes the first. */
  private String twin(Path file) {
    String who = "?";
    String first = "another bundle";
    try (JarFile jar = new JarFile(file.toFile(), false)) {
      Attributes headers = jar.getManifest().getMainAttributes();
      String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME).split(";")[0].strip();
      Version version = Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
      who = name + " " + version;
      for (Bundle bundle : context.getBundles()) {
        if (name.equals(bundle.getSymbolicName()) && version.equals(bundle.getVersion())) {
          first = DroppedJar.origin(bundle);
        }
      }
    } catch (IOException | RuntimeException changed) {
      // The file was sound a moment ago; the watcher will look at it again.
    }
    return "is "
        + who
        + ", and so is "
        + first
        + ", which was there first: remove one of them, or change Bundle-SymbolicName or"
        + " Bundle-Version";
  }

  private static boolean isFragment(Bundle bundle) {
    return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }
}
