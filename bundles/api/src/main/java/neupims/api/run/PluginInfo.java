// SPDX-License-Identifier: Apache-2.0
package neupims.api.run;

/**
 * A plug-in that is there.
 *
 * @param kind word of the command line and of results, such as {@code placement}
 * @param name its {@code neupims.name}
 * @param bundle symbolic name of the bundle that brings it
 * @param version version of that bundle
 * @param description one line
 */
public record PluginInfo(
    String kind, String name, String bundle, String version, String description) {}
