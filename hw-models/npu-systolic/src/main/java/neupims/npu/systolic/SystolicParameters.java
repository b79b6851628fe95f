// SPDX-License-Identifier: Apache-2.0
package neupims.npu.systolic;

import java.util.List;
import neupims.api.hw.NpuPlan;
import neupims.api.hw.NpuSpec;
import neupims.api.unit.ParameterSpec;
import neupims.api.unit.Parameters;

/**
 * The model's own parameters. All defaults are what hardware would do; the switches are behaviours
 * of the reference simulator, described in reference/README.md, each switchable alone.
 *
 * @param exposedPreload whether stationary tiles are loaded with the arrays at rest
 * @param drainedAttention whether attention on the NPU runs head after head
 * @param lateStepsStartInPast whether a late instruction keeps its place in the pipe
 * @param loadsPerCycle load instructions a cycle, 0 for all of a tile at once
 * @param biasLoads whether a product begins with loads of its bias
 * @param resultIndicesSwapped whether the bounds of a result are checked with rows for columns
 * @param vectorSizeLost whether a tile of vector work counts as a single value
 * @param softmaxCountsBytes whether the softmax of PIM results takes bytes for values
 * @param lastScoresPerCycle heads a cycle whose scores are stored after the last softmax, 0 for
 *     each resident's when they are there
 * @param vectorUnitsNeverBusy whether a vector unit takes work while it is busy
 */
record SystolicParameters(
    boolean exposedPreload,
    boolean drainedAttention,
    boolean lateStepsStartInPast,
    int loadsPerCycle,
    boolean biasLoads,
    boolean resultIndicesSwapped,
    boolean vectorSizeLost,
    boolean softmaxCountsBytes,
    int lastScoresPerCycle,
    boolean vectorUnitsNeverBusy) {

  /** What the catalog may set. */
  static final List<ParameterSpec> SPECS =
      List.of(
          ParameterSpec.flag(
              "exposedPreload",
              false,
              "A stationary tile is loaded when the arrays are done with the one before, 271 cycles"
                  + " a tile instead of 128; the reference's NPU-only branch [R]."),
          ParameterSpec.flag(
              "drainedAttention",
              false,
              "Attention on the NPU runs head after head and every product drains the arrays;"
                  + " the reference's NPU-only branch [R]."),
          ParameterSpec.flag(
              "lateStepsStartInPast",
              false,
              "A matrix instruction whose operands come late starts when the pipe would have taken"
                  + " it, as long as the pipe is not empty [R]."),
          ParameterSpec.integer(
              "loadsPerCycle",
              0,
              0,
              1 << 20,
              "Load instructions a cycle, 0 queues all of a tile at once; 1 in the reference's"
                  + " NPU-only branch [R]."),
          ParameterSpec.flag(
              "biasLoads",
              false,
              "A product begins with a load of an array's width of values for every block of rows,"
                  + " the bias [R]."),
          ParameterSpec.flag(
              "resultIndicesSwapped",
              false,
              "A block of a product's result is checked against the bounds with rows and columns"
                  + " swapped, so that of M rows only the first M columns are written [R]."),
          ParameterSpec.flag(
              "vectorSizeLost",
              false,
              "A tile of vector work is one operation that waits for all its loads and takes the"
                  + " time of a single value, because its size is lost [R]."),
          ParameterSpec.flag(
              "softmaxCountsBytes",
              false,
              "Softmax takes the bytes of its values for their number, twice too long for FP16"
                  + " [R]."),
          ParameterSpec.integer(
              "lastScoresPerCycle",
              0,
              0,
              1 << 10,
              "Heads a cycle whose scores are stored once the last softmax of PIM results is done,"
                  + " 0 stores each resident's when they are there; 1 in the reference [R]."),
          ParameterSpec.flag(
              "vectorUnitsNeverBusy",
              false,
              "A busy vector unit does not delay the next operation [R]."));

  /** The parameters of a specification. */
  static SystolicParameters of(NpuSpec spec) {
    Parameters p = spec.parameters();
    return new SystolicParameters(
        p.flag("exposedPreload"),
        p.flag("drainedAttention"),
        p.flag("lateStepsStartInPast"),
        (int) p.integer("loadsPerCycle"),
        p.flag("biasLoads"),
        p.flag("resultIndicesSwapped"),
        p.flag("vectorSizeLost"),
        p.flag("softmaxCountsBytes"),
        (int) p.integer("lastScoresPerCycle"),
        p.flag("vectorUnitsNeverBusy"));
  }

  /** The front end's rules for a plan of matrix work. */
  NpuPlan.Issue issue() {
    return new NpuPlan.Issue(loadsPerCycle, lateStepsStartInPast, 0);
  }

  /** The front end's rules for a plan of vector work only. */
  NpuPlan.Issue vectorIssue() {
    return new NpuPlan.Issue(loadsPerCycle, false, lastScoresPerCycle);
  }
}
