// SPDX-License-Identifier: Apache-2.0
/**
 * Calls of live policies as files.
 *
 * <pre>
 * engine: a call fails -> SavedCall -> file -> SavedCall -> call(policy) -> result, violation
 *                          Frozen: functions as tables
 * </pre>
 */
@Export
@Version("1.0.0")
package neupims.calls;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
