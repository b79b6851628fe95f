// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.Locale;
import java.util.Optional;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.RunObserver;
import neupims.api.run.Variant;

/** Sees what becomes of the plug-ins that a variant has bound, and waits for one that is gone. */
final class Watch {
  /** Of wall time, between two looks. */
  private static final long LOOK_MILLIS = 20;

  /** A bundle that is replaced is gone for a moment, which is not worth a word. ASSUMED */
  private static final long REPLACED_NANOS = 300_000_000;

  /** What there is where a plug-in was. */
  enum Sight {
    SAME,
    CHANGED,
    GONE
  }

  /** How waiting ended. */
  enum End {
    BACK,
    ASKED,
    STOPPED,
    LATE
  }

  private final Variant variant;
  private final Plugins plugins;
  private final Control control;
  private final RunObserver observer;

  Watch(Variant variant, Plugins plugins, Control control, RunObserver observer) {
    this.variant = variant;
    this.plugins = plugins;
    this.control = control;
    this.observer = observer;
  }

  /** See {@link Plugins#changes}. */
  long changes() {
    return plugins.changes();
  }

  /** What has become of a plug-in; one that is still there stays, whoever else has its name. */
  Sight look(PluginKind<?> kind, Bound<?> bound) {
    return look(kind, bound.plugin());
  }

  /** The same of one without parameters. */
  <T> Sight look(PluginKind<T> kind, Plugin<?> bound) {
    PluginInfo was = bound.info();
    Optional<Plugin<T>> own = plugins.find(kind, was.name(), Optional.of(was.version()));
    if (own.filter(plugin -> plugin.service() == bound.service()).isPresent()) {
      return Sight.SAME;
    }
    return plugins.find(kind, was.name(), Optional.empty()).isPresent()
        ? Sight.CHANGED
        : Sight.GONE;
  }

  /** What has a plug-in's name now. */
  <T> Optional<PluginInfo> now(PluginKind<T> kind, Bound<?> bound) {
    return plugins.find(kind, bound.info().name(), Optional.empty()).map(Plugin::info);
  }

  /** See {@link Plugins#content}. */
  String content(PluginInfo plugin) {
    return plugins.content(plugin);
  }

  /** Waits for a plug-in that is gone, as long as the variant says, and says so. */
  End wait(PluginKind<?> kind, Bound<?> bound, long iteration) {
    long limit = Math.round(variant.live().pluginWaitSeconds() * 1e9);
    long began = System.nanoTime();
    String what = "%s %s".formatted(kind.word(), Happenings.text(bound.info()));
    String removed =
        String.format(
            Locale.ROOT,
            "waits for %s, which was removed before iteration %d, for %.0f s",
            what,
            iteration,
            limit / 1e9);
    boolean said = false;
    while (true) {
      long left = limit - (System.nanoTime() - began);
      if (!said && limit - left >= REPLACED_NANOS) {
        notice(removed);
        said = true;
      }
      control.waiting(
          String.format(
              Locale.ROOT, "waits for %s (removed), %.0f s left", what, Math.max(0, left) / 1e9));
      End end =
          control.stopped()
              ? End.STOPPED
              : now(kind, bound).isPresent()
                  ? End.BACK
                  : control.asked(kind) ? End.ASKED : left <= 0 ? End.LATE : null;
      if (end != null) {
        control.running();
        return end;
      }
      control.rest(LOOK_MILLIS);
    }
  }

  /** It did not come back. */
  IllegalStateException late(PluginKind<?> kind, Bound<?> bound, long iteration) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT,
            "%s %s was removed before iteration %d and is not back after %.0f s; put it back, or"
                + " name another under fallback.%s",
            kind.word(),
            Happenings.text(bound.info()),
            iteration,
            variant.live().pluginWaitSeconds(),
            kind.word()));
  }

  /** Tells the user. */
  void notice(String line) {
    observer.notice(variant.name(), line);
  }
}
