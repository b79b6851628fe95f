// SPDX-License-Identifier: Apache-2.0
package neupims.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.inject.Inject;
import neupims.api.run.DropIn;
import neupims.api.run.DropIns;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.unit.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Jars that come, change and go while the platform runs. */
@ExtendWith(InContainer.class)
public class DropInsIT {
  @Inject private BundleContext context;
  @Inject private DropIns dropIns;
  @Inject private Plugins plugins;

  @Test
  public void aJarThatIsPutIsSelectedAndOneThatIsRemovedIsGone() throws Exception {
    Path jar = folder().resolve("a.jar");
    PluginJar.scheduler("x.coming", "coming").writeTo(jar);

    dropIns.put(jar);
    assertEquals("x.coming", plugins.select(PluginKind.SCHEDULER, "coming").info().bundle());
    assertEquals(List.of("coming"), of(jar).plugins().stream().map(PluginInfo::name).toList());
    assertEquals(List.of(), of(jar).faults());

    Files.delete(jar);
    dropIns.remove(jar);
    assertThrows(InputException.class, () -> plugins.select(PluginKind.SCHEDULER, "coming"));
    assertEquals(0, Stream.of(context.getBundles()).filter(this::isComing).count());
  }

  @Test
  public void aReplacedJarIsTheNewOneAndTheOldClassLoaderGoes() throws Exception {
    Path jar = folder().resolve("a.jar");
    PluginJar.scheduler("x.changing", "changing").writeTo(jar);
    dropIns.put(jar);
    long revision = of(jar).revision();
    WeakReference<ClassLoader> old = loader("changing");

    PluginJar.scheduler("x.changing", "changing").members("// the same version").writeTo(jar);
    dropIns.put(jar);

    assertNotEquals(revision, of(jar).revision());
    assertNotSame(old.get(), loader("changing").get());
    for (int i = 0; i < 50 && old.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertEquals(null, old.get(), "the old class loader is held");
    dropIns.remove(jar);
  }

  @Test
  public void whatIsWrongWithAJarIsSaidLiveAsAtStartAndDisturbsNothing() throws Exception {
    List<PluginInfo> before = plugins.list();
    Path folder = folder();
    Map<String, String> told = BadJars.writeTo(folder);
    dropIns.put(folder.resolve("first-of-two.jar"));
    told.keySet().forEach(name -> dropIns.put(folder.resolve(name)));

    told.forEach(
        (name, words) -> {
          String faults = String.join("; ", of(folder.resolve(name)).faults());
          assertTrue(faults.contains(words), name + ": " + faults);
        });
    assertTrue(plugins.list().containsAll(before));

    told.keySet().forEach(name -> dropIns.remove(folder.resolve(name)));
    dropIns.remove(folder.resolve("first-of-two.jar"));
    assertEquals(before, plugins.list());
    assertEquals(List.of(), dropIns.list().stream().filter(d -> isIn(folder, d)).toList());
  }

  @Test
  public void aConstructorThatHangsIsSaidAndTheNextJarWorks() throws Exception {
    Path folder = folder();
    Path hangs = folder.resolve("a.jar");
    PluginJar.scheduler("x.hangs", "hangs")
        .members("public Policy() throws InterruptedException { Thread.sleep(60000); }")
        .writeTo(hangs);
    Path good = folder.resolve("b.jar");
    PluginJar.scheduler("x.good", "good").writeTo(good);

    dropIns.put(hangs);
    dropIns.put(good);

    assertTrue(of(hangs).faults().toString().contains("does not return within 5 s"));
    assertEquals("x.good", plugins.select(PluginKind.SCHEDULER, "good").info().bundle());
    dropIns.remove(hangs);
    dropIns.remove(good);
  }

  private DropIn of(Path jar) {
    return dropIns.list().stream().filter(d -> d.file().equals(jar)).findFirst().orElseThrow();
  }

  private WeakReference<ClassLoader> loader(String scheduler) {
    Object service = plugins.select(PluginKind.SCHEDULER, scheduler).service();
    return new WeakReference<>(service.getClass().getClassLoader());
  }

  private boolean isComing(Bundle bundle) {
    return "x.coming".equals(bundle.getSymbolicName());
  }

  private static boolean isIn(Path folder, DropIn jar) {
    return jar.file().startsWith(folder);
  }

  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("drop-ins");
    folder.toFile().deleteOnExit();
    return folder;
  }
}
