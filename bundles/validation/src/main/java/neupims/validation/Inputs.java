// SPDX-License-Identifier: Apache-2.0
package neupims.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import neupims.api.run.BatchEntry;

/** Batches that the reference's steps were run with. */
final class Inputs {
  private Inputs() {}

  /** The batch of a file in the folder of inputs. */
  static List<BatchEntry> batch(String file) {
    List<BatchEntry> batch = new ArrayList<>();
    for (Map<String, String> request : Figures.rows("inputs/" + file)) {
      batch.add(
          new BatchEntry(
              Integer.parseInt(request.get("seq_len")), Integer.parseInt(request.get("ch_idx"))));
    }
    return batch;
  }
}
