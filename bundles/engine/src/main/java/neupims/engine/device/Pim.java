// SPDX-License-Identifier: Apache-2.0
package neupims.engine.device;

import java.util.List;
import neupims.api.hw.GemvBatch;
import neupims.api.hw.Organization;
import neupims.api.hw.PimSpec;
import neupims.api.model.AttentionShape;
import neupims.api.program.Resident;

/**
 * The memory's PIM while a program runs.
 *
 * @param organization the memory's
 * @param spec the PIM's
 * @param cache where the KV cache lies
 */
record Pim(Organization organization, PimSpec spec, KvMap cache) {
  /** The GEMVs of one kind for all residents. */
  GemvBatch batch(GemvBatch.Kind kind, List<Resident> residents, AttentionShape shape) {
    long[] tiles = new long[residents.size()];
    for (int r = 0; r < tiles.length; r++) {
      Resident resident = residents.get(r);
      tiles[r] = kind == GemvBatch.Kind.LOGIT ? cache.keys(resident) : cache.values(resident);
    }
    return new GemvBatch(kind, shape, residents.toArray(Resident[]::new), tiles);
  }

  /** How soon they can be done. */
  GemvPace pace(GemvBatch batch, long from) {
    return new GemvPace(batch, from, organization, spec);
  }
}
