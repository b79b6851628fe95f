// SPDX-License-Identifier: Apache-2.0
/**
 * The lab's terminal. Gogo splits lines into commands, with its quotes, variables and pipes; each
 * command of the platform is a Gogo function in the scope {@code neupims}.
 *
 * <pre>
 * keyboard ─ Keyboard (JLine) ─┐
 * pipe ─ Pipe ─────────────────┴─▶ lines ─▶ GogoSession ─▶ Commands ─▶ out, err
 * </pre>
 */
package neupims.lab;
