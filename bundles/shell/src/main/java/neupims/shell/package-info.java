// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: one class a command, each from options to a call of the {@link
 * neupims.shell.Platform} and from its result to text or JSON.
 */
package neupims.shell;
