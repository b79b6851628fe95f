// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.run.Swap;
import neupims.api.run.Swap.Moment;
import neupims.api.unit.Parameters;

/**
 * What is bound for a variant's whole run: models of hardware, links, the source of requests. A run
 * whose second half ran on other hardware, or served other requests, would be no run of anything,
 * so it keeps what it has to its end, whatever becomes of the bundles, and says so once.
 */
final class BoundForTheRun {
  private final Map<PluginKind<?>, Plugin<?>> bound;
  private final Map<PluginKind<?>, Plugin<?>> asTheyWere;
  private final Watch watch;
  private final Happenings happenings;

  BoundForTheRun(Wiring wiring, Watch watch, Happenings happenings) {
    bound = wiring.plugins();
    asTheyWere = new LinkedHashMap<>(bound);
    this.watch = watch;
    this.happenings = happenings;
  }

  /** Some plug-in has come, gone or changed. */
  void look(long iteration, long nowNanos) {
    asTheyWere.entrySet().removeIf(e -> isOther(e.getKey(), e.getValue(), iteration, nowNanos));
  }

  private boolean isOther(PluginKind<?> kind, Plugin<?> plugin, long iteration, long nowNanos) {
    Watch.Sight sight = watch.look(kind, plugin);
    if (sight == Watch.Sight.SAME) {
      return false;
    }
    PluginInfo info = plugin.info();
    String fate = sight == Watch.Sight.GONE ? "removed" : "replaced";
    PolicyChoice same =
        new PolicyChoice(kind, info.name(), Optional.of(info.version()), Parameters.NONE);
    Swap swap = new Swap(Moment.atIteration(iteration), same, Swap.KEPT, "its bundle was " + fate);
    happenings.unforeseen(swap, iteration, nowNanos, info, info);
    watch.notice(
        "%s %s was %s before iteration %d; the run keeps it to its end"
            .formatted(kind.word(), Happenings.text(info), fate, iteration));
    return true;
  }

  /** It was so when the run was recorded. */
  void planned(Swap swap, long iteration, long nowNanos) {
    PluginKind<?> kind = swap.to().kind();
    PluginInfo info = bound.get(kind).info();
    asTheyWere.remove(kind);
    happenings.planned(swap, iteration, nowNanos, info, info);
  }
}
