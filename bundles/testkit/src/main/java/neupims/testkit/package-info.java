// SPDX-License-Identifier: Apache-2.0
/**
 * Contract tests: what every implementation of a service interface must do, as abstract JUnit
 * Jupiter classes. The test of an implementation is a subclass that makes one:
 *
 * <pre>
 * final class MinLoadPlacementTest extends KvPlacementContract {
 *   &#64;Override
 *   protected KvPlacement placement() {
 *     return new MinLoadPlacement();
 *   }
 * }
 * </pre>
 *
 * What is tried are the properties of {@link neupims.conformance.Contracts}, a dynamic test each.
 */
@Export
@Version("1.0.0")
package neupims.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
