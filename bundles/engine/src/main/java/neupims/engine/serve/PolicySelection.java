// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import neupims.api.compile.ProgramCompiler;
import neupims.api.hw.DeviceCapabilities;
import neupims.api.model.DecoderModel;
import neupims.api.run.Plugin;
import neupims.api.run.PluginKind;
import neupims.api.run.Plugins;
import neupims.api.run.PolicyChoice;
import neupims.api.run.PolicyParameters;
import neupims.api.run.Swap;
import neupims.api.run.SystemSpec;
import neupims.api.run.Variant;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Router;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.InputException;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;

/** Finds the policies that a variant begins with, or may turn to, and checks that they suit it. */
final class PolicySelection {
  private final Variant variant;
  private final Plugins plugins;
  private final DeviceCapabilities device;

  PolicySelection(Variant variant, Plugins plugins, DeviceCapabilities device) {
    this.variant = variant;
    this.plugins = plugins;
    this.device = device;
  }

  /** The variant's model. */
  DecoderModel model() {
    return variant.shard().model();
  }

  /** Whether there is anything to route. */
  boolean routed() {
    return variant.serving().replicas().count() > 1;
  }

  /** What the variant begins with, one of each live kind. */
  List<PolicyChoice> first() {
    SystemSpec system = variant.system();
    PolicyParameters own = system.parameters();
    Parameters ofRouter = variant.serving().replicas().parameters();
    return List.of(
        new PolicyChoice(PluginKind.SCHEDULER, system.scheduler(), own.scheduler()),
        new PolicyChoice(PluginKind.PLACEMENT, system.placement(), own.placement()),
        new PolicyChoice(PluginKind.SPLIT, system.split(), own.split()),
        new PolicyChoice(PluginKind.ESTIMATOR, system.estimator(), Parameters.NONE),
        new PolicyChoice(PluginKind.COMPILER, system.compiler(), Parameters.NONE),
        new PolicyChoice(PluginKind.ROUTER, variant.serving().replicas().router(), ofRouter));
  }

  /**
   * The same with the versions that a recording pins for the start.
   *
   * @throws InputException if one is not there, or the device lacks what the compiler needs
   */
  Map<PluginKind<?>, Bound<?>> bindFirst() {
    Map<PluginKind<?>, Bound<?>> bound = new HashMap<>();
    for (PolicyChoice choice : first()) {
      bound.put(choice.kind(), bind(pinned(choice)));
    }
    return bound;
  }

  private PolicyChoice pinned(PolicyChoice first) {
    return variant.live().swaps().stream()
        .filter(swap -> swap.what().equals(Swap.START) && swap.to().kind().equals(first.kind()))
        .map(swap -> swap.to())
        .findFirst()
        .orElse(first);
  }

  /**
   * Makes sure that whatever the variant says it may turn to is there.
   *
   * @throws InputException otherwise
   */
  void requireOthers() {
    variant.live().swaps().stream()
        .filter(swap -> !swap.what().equals(Swap.LOST))
        .forEach(swap -> bind(swap.to()));
    variant.live().fallbacks().forEach(this::bind);
  }

  /**
   * A policy to turn to.
   *
   * @throws InputException if it is not there or does not suit the variant
   */
  Bound<?> bind(PolicyChoice choice) {
    return bind(choice.kind(), choice);
  }

  private <T> Bound<T> bind(PluginKind<T> kind, PolicyChoice choice) {
    Plugin<T> plugin =
        choice.version().isEmpty()
            ? plugins.select(kind, choice.name())
            : plugins
                .find(kind, choice.name(), choice.version())
                .orElseThrow(() -> noSuchVersion(choice));
    refuseUnsuited(plugin);
    return new Bound<>(plugin, choice.parameters());
  }

  private InputException noSuchVersion(PolicyChoice choice) {
    String there =
        plugins
            .find(choice.kind(), choice.name(), Optional.empty())
            .map(p -> "version " + p.info().version() + " of " + p.info().bundle())
            .orElse("none");
    return new InputException(
        "variant %s: %s %s of version %s is wanted; there is %s"
            .formatted(
                variant.name(),
                choice.kind().word(),
                choice.name(),
                choice.version().orElseThrow(),
                there));
  }

  private void refuseUnsuited(Plugin<?> plugin) {
    if (!(plugin.service() instanceof ProgramCompiler compiler)) {
      return;
    }
    List<String> missing = compiler.missing(device);
    if (!missing.isEmpty()) {
      SystemSpec system = variant.system();
      throw new InputException(
          "system %s: compiler %s needs %s, which memory %s (model %s) does not have"
              .formatted(
                  system.name(),
                  plugin.info().name(),
                  String.join(" and ", missing),
                  system.memory().name(),
                  system.memory().model()));
    }
  }

  /** What the variant turns to when a policy of a kind is gone or fails. */
  Optional<PolicyChoice> fallback(PluginKind<?> kind) {
    return variant.live().fallback(kind);
  }

  /**
   * A policy that somebody wants while the variant runs: with the values that the variant sets for
   * it, or else its defaults.
   *
   * @throws InputException if that cannot be
   */
  PolicyChoice wanted(PluginKind<?> kind, String name) {
    if (!PluginKind.live().contains(kind)) {
      throw new InputException(
          "a %s is bound for the whole run; what can be swapped: %s"
              .formatted(
                  kind.word(),
                  String.join(", ", PluginKind.live().stream().map(PluginKind::word).toList())));
    }
    if (kind.equals(PluginKind.ROUTER) && !routed()) {
      throw new InputException(
          "variant %s has one replica: there is nothing to route".formatted(variant.name()));
    }
    Object service = plugins.select(kind, name).service();
    PolicyChoice choice =
        said(kind, name)
            .orElseGet(() -> new PolicyChoice(kind, name, defaults(kind, name, service)));
    bind(choice);
    return choice;
  }

  private Optional<PolicyChoice> said(PluginKind<?> kind, String name) {
    return Stream.of(
            first().stream(),
            variant.live().swaps().stream().map(Swap::to),
            variant.live().fallbacks().stream())
        .flatMap(choices -> choices)
        .filter(choice -> choice.kind().equals(kind) && choice.name().equals(name))
        .map(choice -> new PolicyChoice(kind, name, choice.parameters()))
        .findFirst();
  }

  private static Parameters defaults(PluginKind<?> kind, String name, Object service) {
    Map<String, Object> values = new HashMap<>();
    for (ParameterSpec spec : specs(service)) {
      spec.defaultValue().ifPresent(value -> values.put(spec.name(), value));
      if (spec.required()) {
        throw new InputException(
            "%s %s wants %s (%s), which the experiment does not set"
                .formatted(kind.word(), name, spec.name(), spec.description()));
      }
    }
    return new Parameters(values);
  }

  private static List<ParameterSpec> specs(Object service) {
    if (service instanceof BatchScheduler scheduler) {
      return scheduler.parameters();
    } else if (service instanceof KvPlacement placement) {
      return placement.parameters();
    } else if (service instanceof Router router) {
      return router.parameters();
    }
    return service instanceof SubBatchPolicy split ? split.parameters() : List.of();
  }
}
