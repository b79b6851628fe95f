// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the OSGi framework with the distribution's bundles and hands the command line to one of
 * them.
 *
 * <pre>
 * arguments ─ Arguments ─▶ command word ─┐       plug-in folders ─▶ framework property neupims.dropins
 * Distribution ─▶ bundles/, commands/ ───┴─▶ Platform: install, resolve, start
 *                                               │ problems, one line each ─▶ stderr
 *                                               ▼
 *                                    service ToIntFunction&lt;String[]&gt; ─▶ exit code
 * </pre>
 *
 * <p>The launcher lives outside the framework and shares only JDK types with the bundles: {@code
 * java.util.function.ToIntFunction} with {@code neupims.role=command-line}, registered by a bundle,
 * takes the {@code String[]} of arguments and returns the exit code. The framework property {@code
 * neupims.dropins} has the folders that users drop jars into, joined as paths are; a bundle
 * installs what is in them.
 */
package neupims.launcher;
