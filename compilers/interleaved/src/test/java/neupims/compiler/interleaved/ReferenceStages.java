// SPDX-License-Identifier: Apache-2.0
package neupims.compiler.interleaved;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the reference simulator ran in each stage, in order of finish: its operations fall between
 * the barriers, which are the sums of the stage times of its steps.csv [R].
 */
final class ReferenceStages {
  /** Cycles of A to F. */
  private static final long[] STAGE_CYCLES = {32765, 94685, 143127, 151389, 109550, 97814};

  private static final Map<String, String> OUR_NAMES =
      Map.of(
          "QKVgen", "qkv",
          "NeuPIMSLogitSoftmax", "logit",
          "NeuPIMSAttend", "attend",
          "res", "residual");

  private final List<List<String>> operations = new ArrayList<>();

  ReferenceStages() throws IOException {
    for (int stage = 0; stage < STAGE_CYCLES.length; stage++) {
      operations.add(new ArrayList<>());
    }
    try (InputStream csv = ReferenceStages.class.getResourceAsStream("/reference-ops.csv")) {
      new String(csv.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("layer0"))
          .forEach(this::add);
    }
  }

  /** Operations on the PIM of a stage, or those on the NPU, with our names. */
  List<String> operations(int stage, boolean pim) {
    return operations.get(stage).stream().filter(op -> isPim(op) == pim).toList();
  }

  int stages() {
    return operations.size();
  }

  static boolean isPim(String operation) {
    return operation.equals("attn.logit") || operation.equals("attn.attend");
  }

  private void add(String line) {
    String[] fields = line.split(",");
    String[] path = fields[0].split("\\.");
    String op = path[1] + "." + OUR_NAMES.getOrDefault(path[2], path[2]);
    operations.get(stage(Long.parseLong(fields[1]))).add(op);
  }

  private static int stage(long finishCycle) {
    long barrier = 0;
    for (int stage = 0; stage < STAGE_CYCLES.length; stage++) {
      barrier += STAGE_CYCLES[stage];
      if (finishCycle < barrier) {
        return stage;
      }
    }
    throw new IllegalArgumentException("finished after the last stage: " + finishCycle);
  }
}
