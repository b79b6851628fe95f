// SPDX-License-Identifier: Apache-2.0
package neupims.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** What code counts, in a framework of a memory model, a library that it is wired to and others. */
final class CodeDigestTest {
  private static final String LIBRARY = "Export-Package: p\n";
  private static final String MODEL = "Import-Package: p\n";

  @TempDir private Path cache;
  private Framework framework;
  private Bundle library;
  private Bundle model;

  @BeforeEach
  void start() throws Exception {
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, cache.toString(), "felix.log.level", "0"));
    framework.start();
    library = install("library", LIBRARY, "code");
    model = install("model", MODEL, "code");
    resolve();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(0);
  }

  private Bundle install(String name, String headers, String code) throws Exception {
    return framework.getBundleContext().installBundle(name, jar(name, headers, code));
  }

  private static InputStream jar(String name, String headers, String code) throws IOException {
    String manifest =
        "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: %s\n%s"
            .formatted(name, headers);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out =
        new JarOutputStream(
            bytes,
            new Manifest(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))))) {
      out.putNextEntry(new JarEntry("p/A.class"));
      out.write(code.getBytes(StandardCharsets.UTF_8));
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private void resolve() {
    assertTrue(framework.adapt(FrameworkWiring.class).resolveBundles(null));
  }

  private void update(Bundle bundle, String headers, String code) throws Exception {
    bundle.update(jar(bundle.getSymbolicName(), headers, code));
    CountDownLatch refreshed = new CountDownLatch(1);
    framework
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(bundle), event -> refreshed.countDown());
    assertTrue(refreshed.await(1, TimeUnit.MINUTES));
    resolve();
  }

  private String digest() {
    return CodeDigest.ofBundles(List.of(model));
  }

  @Test
  void otherBundlesDoNotCount() throws Exception {
    String before = digest();
    install("neupims.scheduler", MODEL, "code");
    resolve();
    assertEquals(before, digest());
  }

  @Test
  void otherClassesOfThePartCountUnderTheSameVersion() throws Exception {
    String before = digest();
    update(model, MODEL, "changed");
    String changed = digest();
    update(model, MODEL, "code");
    assertNotEquals(before, changed);
    assertEquals(before, digest());
  }

  @Test
  void otherClassesOfWhatThePartIsWiredToCount() throws Exception {
    String before = digest();
    update(library, LIBRARY, "changed");
    assertNotEquals(before, digest());
  }

  @Test
  void otherVersionsCount() throws Exception {
    String before = digest();
    update(library, LIBRARY + "Bundle-Version: 2.0\n", "code");
    assertNotEquals(before, digest());
  }

  @Test
  void aPartThatIsGoneIsLikeNoOther() throws BundleException {
    String before = digest();
    model.uninstall();
    assertNotEquals(before, digest());
  }
}
