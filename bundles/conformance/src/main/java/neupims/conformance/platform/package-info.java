// SPDX-License-Identifier: Apache-2.0
/**
 * The properties inside the platform.
 *
 * <pre>
 * jar --&gt; CheckedBundle: installed, started --&gt; its services --&gt; BundleProperties, KindProperties --&gt; PluginCheck
 * </pre>
 */
package neupims.conformance.platform;
