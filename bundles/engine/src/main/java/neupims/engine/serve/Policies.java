// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import neupims.api.compile.CompileInput;
import neupims.api.compile.ProgramCompiler;
import neupims.api.model.DecoderModel;
import neupims.api.program.Program;
import neupims.api.program.Resident;
import neupims.api.run.Plugin;
import neupims.api.run.PluginInfo;
import neupims.api.run.PluginKind;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.IterationPlan;
import neupims.api.schedule.Newcomer;
import neupims.api.schedule.PlacementState;
import neupims.api.schedule.RouterState;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SplitState;
import neupims.api.unit.Parameters;
import neupims.api.workload.Request;
import neupims.calls.EstimatorCall;
import neupims.calls.PlacementCall;
import neupims.calls.RouterCall;

/**
 * The live policies of a variant, and the only way to call them. Belongs to the variant's thread,
 * which changes them between iterations; a {@link CallClock} watches over the calls.
 *
 * <pre>
 * input -> policy -> accept: the engine's check of what came back -> what the loop goes on with
 *             '---------'--> trouble -> Rescue -> the same input to another policy
 * </pre>
 */
final class Policies {
  private final Map<PluginKind<?>, Bound<?>> bound;
  private final Map<PluginKind<?>, Long> calls = new HashMap<>();
  private final boolean routed;
  private final List<PluginInfo> tookPart = new ArrayList<>();
  private final CallClock clock;
  private final DecoderModel model;
  private Rescue rescue = Rescue.NONE;
  private Bound<GemvEstimator> estimator;
  private long estimates;

  /** What the estimator is being asked for; 0 tokens: it is not. */
  private GemvShape askedShape;

  private final AtomicInteger askedTokens = new AtomicInteger();

  /** The call under way. */
  private PluginKind<?> calling;

  private long callNumber;
  private Object callInput;

  /**
   * The policies that a variant begins with.
   *
   * @param clock of their calls
   * @throws neupims.api.unit.InputException if one of them, or of those that it may turn to, is not
   *     there or does not suit it
   */
  Policies(PolicySelection selection, CallClock clock) {
    model = selection.model();
    this.clock = clock;
    bound = selection.bindFirst();
    routed = selection.routed();
    estimator = get(PluginKind.ESTIMATOR);
    selection.requireOthers();
    tookPart.addAll(infos());
  }

  /** Whom to turn to when a call comes to nothing. */
  void rescuedBy(Rescue by) {
    rescue = by;
  }

  /** What is bound now. */
  @SuppressWarnings("unchecked") // set() puts under a kind what is of that kind
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

  /** An iteration has begun: calls are counted anew. */
  void begun() {
    calls.clear();
    estimates = 0;
  }

  /** A call that was left behind: what rescues it, from another thread. */
  void rescueLate(Rescue by) {
    boolean inEstimator = askedTokens.getAcquire() > 0;
    Trouble late = clock.late(inEstimator);
    if (inEstimator) {
      int tokens = askedTokens.getAcquire();
      by.rescue(PluginKind.ESTIMATOR, estimates - 1, new EstimatorCall(askedShape, tokens), late);
    } else {
      by.rescue(calling, callNumber, callInput, late);
    }
  }

  /** A plan that has been accepted. */
  IterationPlan plan(Function<Parameters, ServingState> state, Accepts<IterationPlan> accepts) {
    return call(
        PluginKind.SCHEDULER, state, (scheduler, input) -> scheduler.plan(input), accepts::of);
  }

  /** Channels that have been accepted. */
  int[] place(
      Function<Parameters, PlacementState> state,
      List<Newcomer> newcomers,
      Accepts<int[]> accepts) {
    return call(
        PluginKind.PLACEMENT,
        parameters -> new PlacementCall(state.apply(parameters), newcomers),
        (placement, input) -> placement.place(input.state(), input.newcomers()),
        accepts::of);
  }

  /** Sub-batches that have been accepted. */
  List<List<Resident>> split(
      Function<Parameters, SplitState> state, Accepts<List<List<Resident>>> accepts) {
    return call(
        PluginKind.SPLIT,
        state,
        (split, input) -> split.split(input).stream().map(List::copyOf).toList(),
        accepts::of);
  }

  /**
   * What somebody makes of a program.
   *
   * @param use throws {@link IllegalArgumentException} if the program is not right
   */
  <R> R compile(CompileInput of, Function<Program, R> use) {
    return call(
        PluginKind.COMPILER,
        parameters -> of,
        (compiler, input) -> compiler.compile(input),
        program -> {
          try {
            return use.apply(program);
          } catch (IllegalArgumentException unsuited) {
            throw Trouble.broke("compiled a program that does not run: " + unsuited.getMessage());
          }
        });
  }

  /** A replica that has been accepted. */
  int route(Function<Parameters, RouterState> state, Request request, Accepts<Integer> accepts) {
    return call(
        PluginKind.ROUTER,
        parameters -> new RouterCall(state.apply(parameters), request),
        (router, input) -> router.route(input.state(), input.request()),
        accepts::of);
  }

  /** What somebody makes of estimates. */
  double estimating(GemvShape shape, ToDoubleFunction<GemvEstimator> use) {
    return call(
        PluginKind.ESTIMATOR,
        parameters -> new EstimatorCall(shape, 1),
        (asked, input) -> use.applyAsDouble(this::estimate),
        value -> value);
  }

  /** One estimate; called by policies and by {@link #estimating}, on whatever thread they are. */
  long estimate(GemvShape shape, int tokens) {
    clock.requireWanted();
    if (rescue.recorded(PluginKind.ESTIMATOR, estimates++)) {
      throw Trouble.elsewhere();
    }
    askedShape = shape;
    askedTokens.setRelease(tokens);
    long cycles;
    try {
      cycles = estimator.service().estimateCycles(shape, tokens);
    } catch (CallClock.LeftBehind late) {
      throw late;
    } catch (Throwable thrown) {
      throw Trouble.ofEstimator(thrown);
    }
    if (cycles < 0) {
      throw Trouble.ofEstimator(Trouble.broke("estimated " + cycles + " cycles"));
    }
    askedTokens.setOpaque(0);
    return cycles;
  }

  /**
   * Calls until there is something to go on with.
   *
   * @param of what the policy is to be handed, given its parameters
   * @param accept what becomes of what it returns; throws {@link Trouble} if that is not right
   */
  private <S, I, R, A> A call(
      PluginKind<S> kind,
      Function<Parameters, I> of,
      BiFunction<S, I, R> work,
      Function<R, A> accept) {
    while (true) {
      long call = calls.merge(kind, 1L, Long::sum) - 1;
      if (kind != PluginKind.ESTIMATOR && rescue.recorded(kind, call)) {
        continue;
      }
      Bound<S> policy = get(kind);
      I input = of.apply(policy.parameters());
      calling = kind;
      callNumber = call;
      callInput = input;
      try {
        R result = clock.call(() -> work.apply(policy.service(), input));
        if (result == null) {
          throw Trouble.broke("returned null");
        }
        return accept.apply(result);
      } catch (VirtualMachineError error) {
        // No other takes its place: what is missing may be missing everywhere.
        throw new IllegalStateException(
            "%s %s was at work when this happened: %s"
                .formatted(kind.word(), Happenings.text(policy.info()), error),
            error);
      } catch (Trouble trouble) {
        if (!trouble.ofEstimator()) {
          rescue.rescue(kind, call, input, trouble);
        } else if (!trouble.settled()) {
          EstimatorCall asked = new EstimatorCall(askedShape, askedTokens.getOpaque());
          askedTokens.setOpaque(0);
          rescue.rescue(PluginKind.ESTIMATOR, estimates - 1, asked, trouble);
        }
      }
    }
  }

  /** The estimator as policies see it, without a clock: sequences are those of requests. */
  GemvEstimator estimator() {
    GemvEstimator service = estimator.service();
    return (shape, tokens) -> service.estimateCycles(shape, model.keptTokens(tokens));
  }

  /** The compiler that the next program is of. */
  Plugin<ProgramCompiler> compiler() {
    return get(PluginKind.COMPILER).plugin();
  }

  /** The name of a policy, for messages. */
  String name(PluginKind<?> kind) {
    return get(kind).info().name();
  }
}
