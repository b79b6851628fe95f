// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.ArrayList;
import java.util.List;
import neupims.api.model.Experts;
import neupims.api.program.ExpertRows;
import neupims.api.program.PrefillChunk;
import neupims.api.program.Resident;
import neupims.api.workload.KeyedRandom;

/**
 * How many tokens of a sub-batch each expert of a layer gets. No router is computed:
 *
 * <ul>
 *   <li>{@code UNIFORM}: every token goes to {@code perToken} different experts, all sets of them
 *       being as likely. A token's draw depends on seed, iteration, layer, request and, in a
 *       prompt, its position alone, so not on the batch that it is in.
 *   <li>{@code BALANCED}: the sub-batch's tokens, {@code perToken} times each, are dealt out
 *       evenly; the first experts get what is left over.
 * </ul>
 *
 * @param experts the model's
 * @param seed the experiment's
 * @param iteration number of the iteration
 */
record ExpertRouting(Experts experts, long seed, long iteration) {

  /** Experts that get tokens, ascending. */
  List<ExpertRows> rows(int layer, List<Resident> tokens) {
    return rows(layer, tokens, List.of());
  }

  /** The same for requests that decode and parts of prompts. */
  List<ExpertRows> rows(int layer, List<Resident> tokens, List<PrefillChunk> chunks) {
    int[] rows = new int[experts.count()];
    switch (experts.routing()) {
      case UNIFORM -> draw(layer, tokens, chunks, rows);
      case BALANCED -> {
        int all = tokens.size() + chunks.stream().mapToInt(PrefillChunk::tokens).sum();
        deal(all * experts.perToken(), rows);
      }
    }
    List<ExpertRows> hit = new ArrayList<>();
    for (int e = 0; e < rows.length; e++) {
      if (rows[e] > 0) {
        hit.add(new ExpertRows(e, rows[e]));
      }
    }
    return hit;
  }

  /** The first places of a Fisher-Yates shuffle of all experts, for each token. */
  private void draw(int layer, List<Resident> tokens, List<PrefillChunk> chunks, int[] rows) {
    int[] order = new int[experts.count()];
    for (Resident token : tokens) {
      draw(new KeyedRandom(seed, iteration, layer, token.request()), order, rows);
    }
    for (PrefillChunk chunk : chunks) {
      for (int token = 0; token < chunk.tokens(); token++) {
        long position = chunk.contextTokens() + token;
        draw(new KeyedRandom(seed, iteration, layer, chunk.request(), position), order, rows);
      }
    }
  }

  private void draw(KeyedRandom random, int[] order, int[] rows) {
    int count = order.length;
    for (int e = 0; e < count; e++) {
      order[e] = e;
    }
    for (int k = 0; k < experts.perToken(); k++) {
      int other = k + (int) (random.nextDouble() * (count - k));
      int chosen = order[other];
      order[other] = order[k];
      order[k] = chosen;
      rows[chosen]++;
    }
  }

  private static void deal(int tokens, int[] rows) {
    for (int e = 0; e < rows.length; e++) {
      rows[e] = tokens / rows.length + (e < tokens % rows.length ? 1 : 0);
    }
  }
}
