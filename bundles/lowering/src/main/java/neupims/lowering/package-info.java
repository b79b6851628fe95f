// SPDX-License-Identifier: Apache-2.0
/**
 * A decoder block as tasks, for compilers: which kernels, on which operands, after which others. A
 * compiler only says which part of which sub-batch goes into which stage.
 *
 * <pre>
 * ProgramBuilder -- subBatch(..) --&gt; SubBatch     where a sub-batch stands: layer and operands
 *       |
 *       '-- stage(..) --&gt; StageBuilder: qkv --&gt; attention --&gt; projectionAndFeedForward
 * </pre>
 *
 * Dependencies follow from the operands: a task waits for the tasks of its stage that produce its
 * inputs. No tensor is written twice, so nothing else orders tasks. Collectives between
 * tensor-parallel devices are not lowered.
 */
@Export
@Version("1.0.0")
package neupims.lowering;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
