// SPDX-License-Identifier: Apache-2.0
/** What a simulation measured, with the formula of every figure at its name. */
@Export
@Version("1.0.0")
package neupims.api.metric;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
