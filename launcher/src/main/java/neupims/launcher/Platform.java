// SPDX-License-Identifier: Apache-2.0
package neupims.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A running OSGi framework. A bundle that cannot be installed, resolved or started becomes one line
 * in {@link #problems()}; the others run. These are the distribution's own; what users drop in is
 * the business of a bundle.
 */
final class Platform implements AutoCloseable {
  private static final String ROLE = "neupims.role";

  private final Path cache;
  private final Framework framework;
  private final List<String> problems = new CopyOnWriteArrayList<>();

  private Platform(Path cache, Framework framework) {
    this.cache = cache;
    this.framework = framework;
  }

  /**
   * Creates a framework whose cache is a fresh temporary folder, so that no run sees another one's.
   *
   * @param dropIns folders of jars, for the bundle that installs those
   */
  static Platform open(List<Path> dropIns) throws IOException, BundleException {
    Path cache = Files.createTempDirectory("neupims-");
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path"))
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    cache.toString(),
                    "neupims.dropins",
                    dropIns.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)),
                    // Felix logs to stdout, which belongs to the command; its findings come as
                    // exceptions. What components lack or throw is asked for and said in words.
                    "felix.log.level",
                    "0",
                    "ds.log.enabled",
                    "false"));
    framework.init();
    return new Platform(cache, framework);
  }

  /** Installs the files, resolves them together, starts each. */
  void start(List<Path> files) throws BundleException {
    List<Bundle> installed = new ArrayList<>();
    for (Path file : files) {
      install(file, installed);
    }
    framework.adapt(FrameworkWiring.class).resolveBundles(installed);
    framework.start();
    installed.forEach(this::start);
  }

  /** What went wrong at start, one line each, in the order of the files. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** The bundle that has a class, with its version; the class's name if none has. */
  String ownerOf(String className) {
    String file = className.replace('.', '/') + ".class";
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (bundle.getBundleId() != Constants.SYSTEM_BUNDLE_ID && bundle.getEntry(file) != null) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
      }
    }
    return className;
  }

  /** The service that takes the command line, if a bundle has registered one. */
  @SuppressWarnings("unchecked") // An agreement of the launcher and the bundle that registers it.
  Optional<ToIntFunction<String[]>> commandLine() {
    try {
      var context = framework.getBundleContext();
      Collection<ServiceReference<ToIntFunction<String[]>>> found =
          (Collection<ServiceReference<ToIntFunction<String[]>>>)
              (Collection<?>)
                  context.getServiceReferences(ToIntFunction.class, "(" + ROLE + "=command-line)");
      return found.stream().max(Comparator.naturalOrder()).map(context::getService);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops all bundles and removes the cache. */
  @Override
  public void close() throws IOException, BundleException {
    framework.stop();
    try {
      framework.waitForStop(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    removeCache();
  }

  /** Removes the cache, also of a framework that nobody will stop any more. */
  void removeCache() throws IOException {
    try (Stream<Path> entries = Files.walk(cache)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void install(Path file, List<Bundle> installed) {
    try {
      installed.add(framework.getBundleContext().installBundle("reference:" + file.toUri()));
    } catch (BundleException e) {
      problems.add(file + ": cannot be installed: " + oneLine(e));
    }
  }

  private void start(Bundle bundle) {
    boolean fragment =
        (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    try {
      if (!fragment) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    } catch (BundleException e) {
      problems.add(bundle.getLocation() + ": does not start: " + oneLine(e));
    }
  }

  private static String oneLine(BundleException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip();
  }
}
