// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Class loaders of bundles that are to go. */
final class GoneLoaders {
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

  /** One more, that of a bundle's content as it is now. */
  void watch(Bundle bundle) {
    loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
  }

  /** None of them stays. */
  void assertGone() throws InterruptedException {
    assertFalse(loaders.isEmpty());
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (loaders.stream().anyMatch(loader -> loader.get() != null)) {
      long left = loaders.stream().filter(loader -> loader.get() != null).count();
      assertTrue(System.nanoTime() < limit, left + " of " + loaders.size() + " loaders stay");
      System.gc();
      Thread.sleep(50);
    }
  }
}
