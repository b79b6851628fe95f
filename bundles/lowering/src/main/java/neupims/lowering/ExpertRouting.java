// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

import java.util.ArrayList;
import java.util.List;
import neupims.api.model.Experts;
import neupims.api.program.ExpertRows;
import neupims.api.program.Resident;
import neupims.api.workload.KeyedRandom;

/**
 * How many tokens of a sub-batch each expert of a layer gets. No router is computed:
 *
 * <ul>
 *   <li>{@code UNIFORM}: every token goes to {@code perToken} different experts, all sets of them
 *       being as likely. A token's draw depends on seed, iteration, layer and request alone, so not
 *       on the batch that it is in.
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
    int[] rows = new int[experts.count()];
    switch (experts.routing()) {
      case UNIFORM -> draw(layer, tokens, rows);
      case BALANCED -> deal(tokens.size() * experts.perToken(), rows);
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
  private void draw(int layer, List<Resident> tokens, int[] rows) {
    int count = experts.count();
    int[] order = new int[count];
    for (Resident token : tokens) {
      for (int e = 0; e < count; e++) {
        order[e] = e;
      }
      KeyedRandom random = new KeyedRandom(seed, iteration, layer, token.request());
      for (int k = 0; k < experts.perToken(); k++) {
        int other = k + (int) (random.nextDouble() * (count - k));
        int chosen = order[other];
        order[other] = order[k];
        order[k] = chosen;
        rows[chosen]++;
      }
    }
  }

  private static void deal(int tokens, int[] rows) {
    for (int e = 0; e < rows.length; e++) {
      rows[e] = tokens / rows.length + (e < tokens % rows.length ? 1 : 0);
    }
  }
}
