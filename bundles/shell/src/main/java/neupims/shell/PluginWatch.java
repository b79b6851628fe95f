// SPDX-License-Identifier: Apache-2.0
package neupims.shell;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import neupims.api.run.DropIn;
import neupims.api.run.DropIns;

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
  private List<DropIn> known;

  /** Watches what is installed from now on. */
  PluginWatch(DropIns dropIns, Consumer<String> announce) {
    this.dropIns = dropIns;
    this.announce = announce;
    known = dropIns.list();
    clock.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (dropIns.scan()) {
        List<DropIn> now = dropIns.list();
        Arrivals.between(known, now).forEach(announce);
        known = now;
      }
    } catch (RuntimeException e) {
      // Thrown on, it would silently end the watch.
      announce.accept("the plug-in folders could not be looked at: " + e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
