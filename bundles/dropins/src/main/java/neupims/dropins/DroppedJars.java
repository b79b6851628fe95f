// SPDX-License-Identifier: Apache-2.0
package neupims.dropins;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import neupims.api.run.DropIn;
import neupims.api.run.DropIns;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Keeps bundles and files in step: one jar, one bundle. */
@Component
public final class DroppedJars implements DropIns {
  /** Framework property: the folders, joined as paths are; the launcher sets it. */
  static final String FOLDERS = "neupims.dropins";

  /** For constructors and activators, which have little to do. ASSUMED */
  private static final Patience PATIENCE = new Patience(5);

  /** For the framework to let go of old class loaders. ASSUMED */
  private static final long REFRESH_SECONDS = 10;

  private final BundleContext context;
  private final Inspection inspection;
  private final List<Path> folders;
  private final TreeMap<Path, DroppedJar> jars = new TreeMap<>(this::byFolder);

  /** Files that are to be installed, as the last scan saw them. */
  private final Map<Path, FileStamp> seen = new HashMap<>();

  /** Called by Declarative Services. */
  @Activate
  public DroppedJars(BundleContext context, @Reference ServiceComponentRuntime components) {
    this(context, new Components(components));
  }

  DroppedJars(BundleContext context, Components components) {
    // Through the system bundle: what is installed stays when this bundle is restarted.
    this.context = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    inspection = new Inspection(context, components, PATIENCE);
    String listed = Optional.ofNullable(context.getProperty(FOLDERS)).orElse("");
    folders =
        Stream.of(listed.split(File.pathSeparator))
            .filter(name -> !name.isEmpty())
            .map(Path::of)
            .distinct()
            .toList();
  }

  @Override
  public List<Path> folders() {
    return folders;
  }

  @Override
  public synchronized void load() {
    files().forEach(this::install);
    settle(List.of());
  }

  @Override
  public synchronized boolean scan() {
    List<Path> files = files();
    List<Bundle> replaced = new ArrayList<>();
    List<DroppedJar> gone = jars.values().stream().filter(jar -> isGone(jar, files)).toList();
    for (DroppedJar jar : gone) {
      jar.bundle().ifPresent(replaced::add);
      jar.uninstall(PATIENCE);
      jars.remove(jar.file);
    }
    List<Path> ripe = files.stream().filter(this::isRipe).toList();
    for (Path file : ripe) {
      Optional.ofNullable(jars.get(file)).flatMap(DroppedJar::bundle).ifPresent(replaced::add);
      install(file);
    }
    boolean changed = !gone.isEmpty() || !ripe.isEmpty();
    if (changed) {
      settle(replaced);
    }
    return changed;
  }

  @Override
  public synchronized void put(Path jar) {
    Path file = jar.toAbsolutePath().normalize();
    DroppedJar known = jars.get(file);
    if (known != null && !known.isStale()) {
      return;
    }
    Optional<Bundle> before = known == null ? Optional.empty() : known.bundle();
    install(file);
    settle(before.stream().toList());
  }

  @Override
  public synchronized void remove(Path jar) {
    DroppedJar known = jars.remove(jar.toAbsolutePath().normalize());
    if (known != null) {
      Optional<Bundle> before = known.bundle();
      known.uninstall(PATIENCE);
      settle(before.stream().toList());
    }
  }

  @Override
  public synchronized List<DropIn> list() {
    return jars.values().stream().map(inspection::inspect).toList();
  }

  /** What is in the folders now. */
  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.filter(DroppedJars::isJar).sorted().forEach(files::add);
      } catch (IOException notThereYet) {
        // plugins/ may be made later; a folder that the user names is checked by the launcher.
      }
    }
    return files;
  }

  private boolean isGone(DroppedJar jar, List<Path> files) {
    return folders.contains(jar.file.getParent()) && !files.contains(jar.file);
  }

  /** Whether a file is to be installed: changed, and since the last scan no more. */
  private boolean isRipe(Path file) {
    DroppedJar known = jars.get(file);
    if (known != null && !known.isStale()) {
      seen.remove(file);
      return false;
    }
    Optional<FileStamp> now = FileStamp.of(file);
    boolean quiet = now.isPresent() && now.equals(Optional.ofNullable(seen.get(file)));
    now.ifPresent(stamp -> seen.put(file, stamp));
    return quiet && !JarFault.mayBeHalfACopy(file);
  }

  private void install(Path file) {
    jars.computeIfAbsent(file, DroppedJar::new).install(context, PATIENCE);
  }

  /**
   * Lets go of what was replaced or removed, then resolves and starts what can be: also what waited
   * for a package, or for a name and version that another file held.
   */
  private void settle(Collection<Bundle> changed) {
    if (!changed.isEmpty()) {
      refresh(changed);
    }
    jars.values().stream()
        .filter(DroppedJar::isDuplicate)
        .forEach(jar -> jar.install(context, PATIENCE));
    List<Bundle> bundles =
        jars.values().stream().map(DroppedJar::bundle).flatMap(Optional::stream).toList();
    if (!bundles.isEmpty()) {
      context.getBundle().adapt(FrameworkWiring.class).resolveBundles(bundles);
    }
    jars.values().forEach(jar -> jar.start(PATIENCE));
  }

  /** Without this the class loaders of the old content stay for as long as anybody uses them. */
  private void refresh(Collection<Bundle> changed) {
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle()
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            new ArrayList<>(changed),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
              }
            });
    try {
      done.await(REFRESH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int byFolder(Path a, Path b) {
    int folder = Integer.compare(folders.indexOf(a.getParent()), folders.indexOf(b.getParent()));
    return folder != 0 ? folder : a.compareTo(b);
  }

  private static boolean isJar(Path file) {
    return file.getFileName().toString().endsWith(".jar") && Files.isRegularFile(file);
  }
}
