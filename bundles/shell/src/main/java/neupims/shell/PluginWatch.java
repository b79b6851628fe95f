// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import neupims.api.run.DropIn;
import neupims.api.run.DropIns;
import neupims.api.run.Plugins;

/** Looks at the folders of jars a few times a second and says what came and went. */
final class PluginWatch implements AutoCloseable {
  /** Two looks until a jar is taken, and both are well within a second. */
  private static final long PERIOD_MILLIS = 250;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "neupims-plugin-watch");
            thread.setDaemon(true);
            return thread;
          });
  private final DropIns dropIns;
  private final Consumer<String> announce;
  private final Plugins plugins;
  private List<DropIn> known;
  private Map<Path, String> contents;

  /** Watches what is installed from now on. */
  PluginWatch(DropIns dropIns, Plugins plugins, Consumer<String> announce) {
    this.dropIns = dropIns;
    this.plugins = plugins;
    this.announce = announce;
    known = dropIns.list();
    contents = contents(known);
    clock.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (dropIns.scan()) {
        List<DropIn> now = dropIns.list();
        Map<Path, String> is = contents(now);
        Arrivals.between(known, now, contents, is).forEach(announce);
        known = now;
        contents = is;
      }
    } catch (RuntimeException e) {
      // Thrown on, it would silently end the watch.
      announce.accept("the plug-in folders could not be looked at: " + e);
    }
  }

  /** Of jars whose plug-ins are there. */
  private Map<Path, String> contents(List<DropIn> jars) {
    Map<Path, String> contents = new HashMap<>();
    for (DropIn jar : jars) {
      String content = jar.plugins().isEmpty() ? "" : plugins.content(jar.plugins().get(0));
      if (!content.isEmpty()) {
        contents.put(jar.file(), content);
      }
    }
    return contents;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
