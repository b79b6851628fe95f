// SPDX-License-Identifier: Apache-2.0
/** Decoder models and how they are spread over devices. Shapes only: no weights are ever loaded. */
@Export
@Version("1.0.0")
package neupims.api.model;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
