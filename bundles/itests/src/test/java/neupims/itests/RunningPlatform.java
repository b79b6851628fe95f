// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.ToIntFunction;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The distribution's bundles in a framework of this JVM, wired as users run them. The API alone is
 * taken from the class path, so that its services can be called from outside.
 */
final class RunningPlatform {
  private static final String API = "neupims.api.jar";

  private final Path cache;
  private final Framework framework;

  RunningPlatform() throws IOException, BundleException {
    cache = Files.createTempDirectory("neupims-");
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    cache.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    apiPackages(),
                    // As the launcher has it: what components throw is asked for, not logged.
                    "felix.log.level",
                    "0",
                    "ds.log.enabled",
                    "false"));
    framework.start();
    List<Bundle> installed = new ArrayList<>();
    for (Path jar : Distribution.bundles()) {
      if (!jar.endsWith(API)) {
        installed.add(framework.getBundleContext().installBundle("reference:" + jar.toUri()));
      }
    }
    for (Bundle bundle : installed) {
      bundle.start();
    }
  }

  private static String apiPackages() throws IOException {
    try (JarFile jar = new JarFile(Distribution.HOME.resolve("bundles").resolve(API).toFile())) {
      return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
    }
  }

  /** The service of a type of the API. */
  <T> T service(Class<T> type) {
    var context = framework.getBundleContext();
    var reference = context.getServiceReference(type);
    if (reference == null) {
      throw new IllegalStateException("no bundle offers " + type.getName());
    }
    return context.getService(reference);
  }

  /** Executes a command; what it prints does not go into the build's log. */
  @SuppressWarnings("unchecked") // An agreement of the launcher and the shell.
  int execute(String... arguments) {
    PrintStream before = System.out;
    // The command line takes the stream that is there when it is made.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      return service(ToIntFunction.class).applyAsInt(arguments);
    } finally {
      System.setOut(before);
    }
  }

  /** Installs and starts one more bundle. */
  Bundle install(Path jar) throws BundleException {
    Bundle bundle = framework.getBundleContext().installBundle("reference:" + jar.toUri());
    bundle.start();
    return bundle;
  }

  /** Stops the framework and removes its cache. */
  void stop() throws BundleException, IOException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
    try (Stream<Path> entries = Files.walk(cache)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
