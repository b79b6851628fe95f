// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.run.PolicyChoice;
import neupims.api.schedule.BatchScheduler;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.KvPlacement;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.schedule.Router;
import neupims.api.schedule.RouterState;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SplitState;
import neupims.api.schedule.SubBatchPolicy;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;

/**
 * The live policies of a variant, and the only way to call them. Belongs to the variant's thread,
 * which changes them between iterations.
 */
final class Policies {
  private final Map<PluginKind<?>, Bound<?>> bound;
  private final boolean routed;
  private final List<PluginInfo> tookPart = new ArrayList<>();
  private Bound<GemvEstimator> estimator;

  /**
   * The policies that a variant begins with.
   *
   * @throws neupims.api.unit.InputException if one of them, or of those that it may turn to, is not
   *     there or does not suit it
   */
  Policies(PolicySelection selection) {
    bound = selection.bindFirst();
    routed = selection.routed();
    estimator = get(PluginKind.ESTIMATOR);
    selection.requireOthers();
    tookPart.addAll(infos());
  }

  /** What is bound now. */
  @SuppressWarnings("unchecked") // bind() puts under a kind what is of that kind
  <T> Bound<T> get(PluginKind<T> kind) {
    return (Bound<T>) bound.get(kind);
  }

  /** From now on. */
  void set(PluginKind<?> kind, Bound<?> policy) {
    bound.put(kind, policy);
    estimator = get(PluginKind.ESTIMATOR);
    if (!tookPart.contains(policy.info())) {
      tookPart.add(policy.info());
    }
  }

  /** Kinds that take part: a router only where there is a choice. */
  List<PluginKind<?>> kinds() {
    List<PluginKind<?>> kinds = new ArrayList<>(PluginKind.live());
    if (!routed) {
      kinds.remove(PluginKind.ROUTER);
    }
    return kinds;
  }

  /** Those bound now that take part. */
  List<PluginInfo> infos() {
    List<PluginInfo> infos = new ArrayList<>();
    kinds().forEach(kind -> infos.add(get(kind).info()));
    return infos;
  }

  /** All that have taken part so far and those bound for the run, in the order of lists. */
  List<PluginInfo> withBound(Wiring wiring) {
    List<PluginInfo> all = new ArrayList<>(tookPart);
    all.addAll(wiring.infos());
    List<String> order = PluginKind.all().stream().map(PluginKind::word).toList();
    all.sort(Comparator.comparingInt(info -> order.indexOf(info.kind())));
    return all;
  }

  /** What is bound now, as it would be chosen again. */
  PolicyChoice choice(PluginKind<?> kind) {
    Bound<?> policy = get(kind);
    return new PolicyChoice(kind, policy.info().name(), policy.parameters());
  }

  IterationPlan plan(Function<Parameters, ServingState> state) {
    Bound<BatchScheduler> scheduler = get(PluginKind.SCHEDULER);
    return scheduler.service().plan(state.apply(scheduler.parameters()));
  }

  int[] place(Function<Parameters, PlacementState> state, List<Newcomer> newcomers) {
    Bound<KvPlacement> placement = get(PluginKind.PLACEMENT);
    return placement.service().place(state.apply(placement.parameters()), newcomers);
  }

  List<List<Resident>> split(Function<Parameters, SplitState> state) {
    Bound<SubBatchPolicy> split = get(PluginKind.SPLIT);
    return split.service().split(state.apply(split.parameters()));
  }

  long estimate(GemvShape shape, int tokens) {
    return estimator.service().estimateCycles(shape, tokens);
  }

  /** The compiler that the next program is of. */
  Plugin<ProgramCompiler> compiler() {
    return get(PluginKind.COMPILER).plugin();
  }

  Program compile(CompileInput input) {
    return compiler().service().compile(input);
  }

  int route(Function<Parameters, RouterState> state, Request request) {
    Bound<Router> router = get(PluginKind.ROUTER);
    return router.service().route(state.apply(router.parameters()), request);
  }

  /** The name of a policy, for messages. */
  String name(PluginKind<?> kind) {
    return get(kind).info().name();
  }
}
