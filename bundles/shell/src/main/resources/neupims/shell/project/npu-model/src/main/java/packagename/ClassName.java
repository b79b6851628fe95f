// SPDX-License-Identifier: Apache-2.0
package packagename;

import java.util.ArrayList;
import java.util.List;
import neupims.api.hw.NpuModel;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.hw.NpuTile;
import neupims.api.model.AttentionShape;
import neupims.api.program.ExpertRows;
import neupims.api.program.Kernel;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import neupims.api.unit.NeupimsName;
import org.osgi.service.component.annotations.Component;

/**
 * A roofline: every multiply-accumulate at the peak, every byte loaded and stored once a tile, no
 * latency. A model only plans: tiles of loads, steps and stores, each tile within half of the
 * scratchpad; the engine runs them against the memory, which is the other half of the roof.
 */
@Component(
    property = "service.description=a roofline: peak multiply-accumulates, tiles by their bytes")
@NeupimsName("plugin-name")
public final class ClassName implements NpuModel {
  /** Passes of the vector lanes over a value, whatever is done with it. ASSUMED. */
  private static final long VECTOR_PASSES = 4;

  @Override
  public NpuPlan plan(NpuSpec spec, Kernel kernel) {
    Planner planner = new Planner(spec);
    if (kernel instanceof Kernel.Gemm gemm) {
      planner.gemm(gemm, 0, 0, 0);
    } else if (kernel instanceof Kernel.ExpertGemm experts) {
      planner.experts(experts);
    } else if (kernel instanceof Kernel.Vector vector) {
      planner.rows(
          vector.op().inputs(), 1, vector.rows(), vector.columns(), vector.values().bytes());
    } else if (kernel instanceof Kernel.ExpertSum sum) {
      planner.rows(1, sum.perToken(), sum.rows(), sum.columns(), sum.values().bytes());
    } else if (kernel instanceof Kernel.NpuAttention attention) {
      planner.attention(attention);
    } else if (kernel instanceof Kernel.PrefillAttention prefill) {
      planner.prefill(prefill);
    } else if (kernel instanceof Kernel.PimLogitSoftmax logit) {
      planner.softmax(logit);
    } else {
      throw new IllegalArgumentException(
          "npu model plugin-name has no part in a " + kernel.getClass().getSimpleName());
    }
    return new NpuPlan(planner.tiles, planner.macs, NpuPlan.Issue.PHYSICAL);
  }

  /** The tiles of one kernel. */
  private static final class Planner {
    private final NpuSpec spec;
    private final long loadRoom;
    private final long storeRoom;
    private final List<NpuTile> tiles = new ArrayList<>();
    private long macs;

    Planner(NpuSpec spec) {
      this.spec = spec;
      loadRoom = Math.min(Integer.MAX_VALUE, spec.scratchpadBytes() / 2);
      storeRoom = spec.accumulatorBytes() / 2;
    }

    private int matrix(NpuTile tile, int load1, int load2, long tileMacs) {
      macs += tileMacs;
      long cycles = ceil(tileMacs, spec.peakMacsPerCycle());
      return tile.step(NpuTile.Unit.MATRIX, load1, load2, -1, 0, 0, cycles, cycles);
    }

    private int vector(NpuTile tile, int load1, int load2, int after, long values) {
      long lanes = (long) spec.vectorUnits() * spec.vectorLanes();
      long cycles = VECTOR_PASSES * ceil(values, lanes);
      return tile.step(NpuTile.Unit.VECTOR, load1, load2, after, 0, 0, cycles, cycles);
    }

    /** Blocks of rows by blocks of columns, each with the whole inner dimension. */
    void gemm(Kernel.Gemm gemm, long activationsAt, long weightsAt, long outputAt) {
      long row = (long) gemm.inner() * gemm.activations().bytes();
      long column = (long) gemm.inner() * gemm.weights().bytes();
      long value = gemm.activations().bytes();
      int rows = (int) Math.min(gemm.rows(), Math.max(1, loadRoom / 2 / row));
      long columnRoom = Math.min((loadRoom - rows * row) / column, storeRoom / (rows * value));
      int columns = (int) Math.min(gemm.columns(), columnRoom);
      if (columns < 1) {
        throw new IllegalArgumentException(
            "an inner dimension of %d does not fit the buffers of npu %s"
                .formatted(gemm.inner(), spec.name()));
      }
      for (int r = 0; r < gemm.rows(); r += rows) {
        int high = Math.min(rows, gemm.rows() - r);
        for (int c = 0; c < gemm.columns(); c += columns) {
          int wide = Math.min(columns, gemm.columns() - c);
          NpuTile tile = new NpuTile();
          int weights = tile.load(1, weightsAt + c * column, (int) (wide * column));
          int activations = tile.load(0, activationsAt + r * row, (int) (high * row));
          int step = matrix(tile, activations, weights, (long) high * wide * gemm.inner());
          // A tensor lies in memory in blocks, in the order in which they are made.
          long at = ((long) r * gemm.columns() + (long) high * c) * value;
          tile.store(step, outputAt + at, (int) (high * wide * value));
          tiles.add(tile);
        }
      }
    }

    /** One expert after the other. */
    void experts(Kernel.ExpertGemm all) {
      long done = 0;
      for (ExpertRows expert : all.experts()) {
        Kernel.Gemm gemm =
            new Kernel.Gemm(
                expert.rows(), all.inner(), all.columns(), all.activations(), all.weights());
        long matrix = (long) all.inner() * all.columns() * all.weights().bytes();
        long first = Math.min(done % all.inputRows(), all.inputRows() - expert.rows());
        long value = all.activations().bytes();
        gemm(
            gemm,
            first * all.inner() * value,
            expert.expert() * matrix,
            done * all.columns() * value);
        done += expert.rows();
      }
    }

    /** Vector work on rows: each of {@code inputs} has {@code times} as many columns. */
    void rows(int inputs, int times, int rows, int columns, int valueBytes) {
      long outBytes = (long) columns * valueBytes;
      long inBytes = outBytes * times;
      int high =
          (int) Math.min(rows, Math.min(loadRoom / (inputs * inBytes), storeRoom / outBytes));
      if (high < 1) {
        throw new IllegalArgumentException(
            "a row of %d B does not fit the buffers of npu %s".formatted(inBytes, spec.name()));
      }
      for (int r = 0; r < rows; r += high) {
        int count = Math.min(high, rows - r);
        NpuTile tile = new NpuTile();
        int first = tile.load(0, r * inBytes, (int) (count * inBytes));
        int second = inputs == 2 ? tile.load(1, r * inBytes, (int) (count * inBytes)) : -1;
        int step = vector(tile, first, second, -1, (long) count * columns * times);
        tile.store(step, r * outBytes, (int) (count * outBytes));
        tiles.add(tile);
      }
    }

    /** K and V of a request stream through, a piece a tile; the last one has the softmax. */
    void attention(Kernel.NpuAttention kernel) {
      AttentionShape shape = kernel.shape();
      long cache = 0;
      for (int r = 0; r < kernel.residents().size(); r++) {
        int tokens = kernel.residents().get(r).sequenceTokens();
        long query = (long) r * shape.queryBytes();
        long bytes = 2L * tokens * shape.tokenBytes();
        stream(query, 1, shape, cache, bytes, 2L * tokens * shape.width(), tokens);
        cache += bytes;
      }
    }

    /** Blocks of a chunk's tokens, for each of which its context streams through. */
    void prefill(Kernel.PrefillAttention kernel) {
      AttentionShape shape = kernel.shape();
      long most = Math.min(loadRoom / 2, storeRoom) / shape.queryBytes();
      int high = (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
      long row = kernel.firstRow();
      long cache = 0;
      for (PrefillChunk chunk : kernel.chunks()) {
        for (int t = 0; t < chunk.tokens(); t += high) {
          int count = Math.min(high, chunk.tokens() - t);
          // Token i attends to the context, those before it and itself.
          long pairs = (long) count * (chunk.contextTokens() + t) + (long) count * (count + 1) / 2;
          long query = (row + t) * shape.queryBytes();
          long bytes = kernel.contextBytes(chunk);
          stream(query, count, shape, cache, bytes, 2 * pairs * shape.width(), pairs);
        }
        row += chunk.tokens();
        cache += kernel.contextBytes(chunk);
      }
    }

    private void stream(
        long queryAt,
        int queries,
        AttentionShape shape,
        long cacheAt,
        long bytes,
        long allMacs,
        long scores) {
      int queryBytes = queries * shape.queryBytes();
      long room = loadRoom - queryBytes;
      if (room < 1 || queryBytes > storeRoom) {
        throw new IllegalArgumentException(
            "queries of %d B do not fit the buffers of npu %s".formatted(queryBytes, spec.name()));
      }
      long pieces = Math.max(1, ceil(bytes, room));
      for (long p = 0; p < pieces; p++) {
        long from = bytes * p / pieces;
        int size = (int) (bytes * (p + 1) / pieces - from);
        NpuTile tile = new NpuTile();
        int query = tile.load(0, queryAt, queryBytes);
        int piece = size > 0 ? tile.load(NpuTile.KV_CACHE, cacheAt + from, size) : -1;
        long share = allMacs * (p + 1) / pieces - allMacs * p / pieces;
        int step = matrix(tile, query, piece, share);
        if (p == pieces - 1) {
          int softmax = vector(tile, -1, -1, step, scores * shape.heads());
          tile.store(softmax, queryAt, queryBytes);
        }
        tiles.add(tile);
      }
    }

    /**
     * The softmax of PIM results: a tile for each request, its scores go to the request's channel.
     */
    void softmax(Kernel.PimLogitSoftmax kernel) {
      AttentionShape shape = kernel.shape();
      for (Resident resident : kernel.residents()) {
        long values = (long) resident.sequenceTokens() * shape.heads();
        NpuTile tile = new NpuTile();
        int step = vector(tile, -1, -1, -1, values);
        tile.store(step, 0, (int) (values * shape.kv().bytes()));
        tiles.add(tile);
      }
    }

    private static long ceil(long a, long b) {
      return (a + b - 1) / b;
    }
  }
}
