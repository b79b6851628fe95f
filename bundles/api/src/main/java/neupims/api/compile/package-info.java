// SPDX-License-Identifier: Apache-2.0
/** From model, sub-batches and capabilities to a {@link neupims.api.program.Program}. */
@Export
@Version("1.0.0")
package neupims.api.compile;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
