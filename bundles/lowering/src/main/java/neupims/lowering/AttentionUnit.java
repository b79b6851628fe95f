// SPDX-License-Identifier: Apache-2.0
package neupims.lowering;

/** Where the attention GEMVs run; the softmax between them is always on the NPU's vector units. */
public enum AttentionUnit {
  /** K and V are read into the NPU: one kernel. */
  NPU,
  /** K and V stay in their banks: a logit kernel with the softmax, then an attend kernel. */
  PIM
}
