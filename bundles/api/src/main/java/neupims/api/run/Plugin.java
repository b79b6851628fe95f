// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * A plug-in and where it comes from.
 *
 * @param info what a list or a result says of it
 * @param service the service itself
 */
public record Plugin<T>(PluginInfo info, T service) {}
