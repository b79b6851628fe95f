// SPDX-License-Identifier: Apache-2.0
/** Requests, the lengths they are drawn from and the sources they come from. */
@Export
@Version("1.0.0")
package neupims.api.workload;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
