// SPDX-License-Identifier: Apache-2.0
/**
 * A decode step as kernels with operands, dependencies and stages: what a compiler makes and a
 * device runs.
 *
 * <pre>
 * Program = Tensor* Stage*        barrier after each stage
 * Stage   = Task*                 a task waits for the tasks it names
 * Task    = Kernel + operands     Gemm, ExpertGemm, Vector, ExpertSum, NpuAttention,
 *                                 PrefillAttention (NPU)
 *                                 PimLogitSoftmax, PimAttend (PIM)
 *                                 KvAppend (beside both)
 * </pre>
 */
@Export
@Version("1.0.0")
package neupims.api.program;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
