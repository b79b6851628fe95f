// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the OSGi framework with every bundle that it finds and hands the command line to one of
 * them.
 *
 * <pre>
 * arguments ─ Arguments ─▶ plug-in folders ─┐
 * Distribution ─▶ bundles/, plugins/ ───────┴─▶ Platform: install, resolve, start
 *                                                 │ problems, one line each (Diagnosis) ─▶ stderr, bundles
 *                                                 ▼
 *                                      service ToIntFunction&lt;String[]&gt; ─▶ exit code
 * </pre>
 *
 * <p>The launcher lives outside the framework and shares only JDK types with the bundles:
 *
 * <ul>
 *   <li>{@code java.util.function.ToIntFunction} with {@code neupims.role=command-line}, registered
 *       by a bundle, takes the {@code String[]} of arguments and returns the exit code;
 *   <li>{@code java.util.function.Supplier} with {@code neupims.role=start-problems}, registered by
 *       the launcher before any bundle starts, gives the {@code List<String>} of what went wrong at
 *       start.
 * </ul>
 */
package neupims.launcher;
