// SPDX-License-Identifier: Apache-2.0
package neupims.calls;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import neupims.api.schedule.GemvEstimator;
import neupims.api.schedule.GemvShape;
import neupims.api.schedule.KvPages;
import neupims.api.schedule.KvState;
import neupims.api.schedule.NpuEstimate;
import neupims.api.schedule.PlacementState;
import neupims.api.schedule.ServingState;
import neupims.api.schedule.SplitState;

/** Arguments with tables in the place of functions, so that they can be written down. */
final class Frozen {
  private Frozen() {}

  /** Blocks by tokens, from 0. */
  record Pages(long[] blocks) implements KvPages {
    @Override
    public long blocks(int tokens) {
      return known(blocks, tokens, "blocks of");
    }
  }

  /** Cycles by tokens, from 0. */
  record Estimator(GemvShape shape, long[] cycles) implements GemvEstimator {
    @Override
    public long estimateCycles(GemvShape of, int tokens) {
      if (!of.equals(shape)) {
        throw new IllegalStateException("the saved call knows estimates of " + shape + " only");
      }
      return known(cycles, tokens, "estimates of");
    }
  }

  /** Cycles by tokens, from 0. */
  record Npu(long[] cycles) implements NpuEstimate {
    @Override
    public long blockCycles(int tokens) {
      return known(cycles, tokens, "estimates of");
    }
  }

  /** A KV cache. */
  record Kv(Pages pages, long regionBlocks, long[] freeBlocks, long freeHostBlocks) {
    static Kv of(KvState state, int tokens) {
      long[] free = new long[state.regions()];
      for (int region = 0; region < free.length; region++) {
        free[region] = state.freeBlocks(region);
      }
      Pages pages = new Pages(table(tokens, state::blocks));
      return new Kv(pages, state.regionBlocks(), free, state.freeHostBlocks());
    }

    KvState state() {
      return new KvState(pages, regionBlocks, freeBlocks, freeHostBlocks);
    }
  }

  /**
   * Arguments that can be written down.
   *
   * @param tokens tables go as far
   * @param estimator answers instead of the one that the arguments have
   */
  static Object input(Object input, int tokens, GemvEstimator estimator) {
    if (input instanceof ServingState state) {
      return new ServingState(
          state.iteration(),
          state.nowNanos(),
          state.waiting(),
          state.running(),
          state.limits(),
          Kv.of(state.kv(), tokens).state(),
          state.parameters(),
          state.seed());
    } else if (input instanceof PlacementCall call) {
      PlacementState state = call.state();
      PlacementState frozen =
          new PlacementState(
              state.channels(),
              state.residents(),
              state.shape(),
              estimator(state.shape(), tokens, estimator),
              Kv.of(state.kv(), tokens).state(),
              state.placedBefore(),
              state.iteration(),
              state.seed(),
              state.parameters());
      return new PlacementCall(frozen, call.newcomers());
    } else if (input instanceof SplitState state) {
      int batch = state.batch().size();
      return new SplitState(
          state.channels(),
          state.batch(),
          state.shape(),
          estimator(state.shape(), tokens, estimator),
          new Npu(table(batch, n -> n == 0 ? 0 : state.npu().blockCycles(n))),
          state.iteration(),
          state.parameters());
    }
    return input;
  }

  private static Estimator estimator(GemvShape shape, int tokens, GemvEstimator estimator) {
    return new Estimator(
        shape, table(tokens, n -> n == 0 ? 0 : estimator.estimateCycles(shape, n)));
  }

  /** As far as the function goes: it may be a plug-in's. */
  private static long[] table(int last, IntToLongFunction function) {
    long[] values = new long[last + 1];
    for (int i = 0; i <= last; i++) {
      try {
        values[i] = function.applyAsLong(i);
      } catch (RuntimeException | LinkageError | StackOverflowError ends) {
        return Arrays.copyOf(values, i);
      }
    }
    return values;
  }

  private static long known(long[] table, int tokens, String what) {
    if (tokens < 0 || tokens >= table.length) {
      throw new IllegalStateException(
          "the saved call knows %s 0 to %d tokens, not of %d"
              .formatted(what, table.length - 1, tokens));
    }
    return table[tokens];
  }
}
