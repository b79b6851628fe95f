// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework with an API of version 1.2.0 and the jars of a folder, and nothing else. */
record TestFramework(Path cache, Framework framework, DroppedJars jars) implements AutoCloseable {
  static TestFramework with(Path folder) throws IOException, BundleException {
    Path cache = Files.createTempDirectory("neupims-");
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    cache.toString(),
                    "felix.log.level",
                    "0",
                    DroppedJars.FOLDERS,
                    folder.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    "neupims.api.schedule;version=1.2.0"));
    framework.start();
    DroppedJars jars = new DroppedJars(framework.getBundleContext(), new Components(null));
    jars.load();
    return new TestFramework(cache, framework, jars);
  }

  List<String> faults() {
    return jars.list().stream().flatMap(jar -> jar.faults().stream()).toList();
  }

  List<Bundle> bundlesNamed(String name) {
    return Stream.of(framework.getBundleContext().getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .toList();
  }

  @Override
  public void close() throws IOException, BundleException {
    framework.stop();
    try {
      framework.waitForStop(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> entries = Files.walk(cache)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
