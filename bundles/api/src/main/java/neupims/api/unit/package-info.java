// SPDX-License-Identifier: Apache-2.0
/**
 * What every other package counts in: clocks and cycles, and the name a plug-in goes by.
 *
 * <p>Imports nothing of NeuPIMs. The import order of the API is {@code unit <- model <- program <-
 * hw <- workload <- schedule <- compile <- metric <- run}; no package imports one to its right.
 */
@Export
@Version("1.0.0")
package neupims.api.unit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
