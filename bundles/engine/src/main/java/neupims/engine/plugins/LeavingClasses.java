// SPDX-License-Identifier: Apache-2.0
package neupims.engine.plugins;

import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Who keeps a service whose bundle goes can use it only as far as its classes are loaded: once the
 * framework has let go of the bundle's content no other can be. So they are loaded while the bundle
 * is about to go, if it has been used.
 */
final class LeavingClasses {
  private LeavingClasses() {}

  /** Loads all classes of a service's bundle, unless the whole platform goes. */
  static void load(ServiceReference<?> leaving, Bundle user) {
    Bundle bundle = leaving.getBundle();
    Bundle[] users = leaving.getUsingBundles();
    boolean used = users != null && Arrays.asList(users).contains(user);
    boolean end =
        user.getBundleContext() == null || isStopping(user.getBundleContext().getBundle(0));
    if (bundle == null || !used || end) {
      return;
    }
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    int all = BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE;
    for (String file : wiring.listResources("/", "*.class", all)) {
      String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
      try {
        Class.forName(name, false, wiring.getClassLoader());
      } catch (ClassNotFoundException | LinkageError cannotBe) {
        // Nor could it have been later.
      }
    }
  }

  private static boolean isStopping(Bundle system) {
    return system.getState() == Bundle.STOPPING;
  }
}
