// SPDX-License-Identifier: Apache-2.0
/**
 * What the lab's commands and whoever reads them from a user know of each other.
 *
 * <pre>
 * user ─▶ Terminal ─ words ─▶ Commands ─▶ text, exit code
 *             ◀── lines of the background (a jar came, a run is over) ──┘
 * </pre>
 */
@Export
@Version("2.0.0")
package neupims.shell.terminal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
