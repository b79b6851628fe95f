// SPDX-License-Identifier: Apache-2.0
/**
 * The NPU of NeuPIMs: systolic arrays that hold activations while weights stream, vector units
 * beside them.
 *
 * <pre>
 * SystolicNpu.plan ---> GemmPlanner ............. Tiling, ArrayTiming
 *                  |--> VectorPlanner, ExpertSumPlanner ... VectorTiming
 *                  |--> StreamedAttention | DrainedAttention
 *                  '--> SoftmaxPlanner
 * SystolicParameters: what departs from plain hardware, each by its own name
 * </pre>
 */
package neupims.npu.systolic;
