// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

import neupims.api.compile.ProgramCompiler;
import neupims.api.program.Program;
import neupims.api.run.Plugin;

/**
 * A program on its way to the device.
 *
 * @param program what to run
 * @param compiler whose it is
 * @param iteration number of the iteration on its replica
 * @param replica whose iteration it is a part of; {@link #NO_REPLICA} for a prompt alone
 */
record Compiled(Program program, Plugin<ProgramCompiler> compiler, long iteration, int replica) {
  /** Of no replica: what a prompt takes of a prefill group, or a single step. */
  static final int NO_REPLICA = -1;
}
