// SPDX-License-Identifier: Apache-2.0
/**
 * What every plug-in must do, as named properties: one code for the author's build, where the
 * testkit makes JUnit tests of them, and for the platform, where {@code ./neupims check} does.
 *
 * <pre>
 * Contracts.scheduler(...) --&gt; Property* --&gt; test(plug-in, time limit) --&gt; Outcome
 *                                              |
 *                         testkit: a dynamic test each   platform: a line of ./neupims check each
 * </pre>
 *
 * Cases are random, from fixed seeds: a failure names its case and comes back.
 */
package neupims.conformance;
